// Builds the console for the Maven build: installs what package-lock.json says (again only when it has changed), then
// type-checks, lints, tests and bundles. "node build.mjs fast" only bundles.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const stamp = 'node_modules/.lock-hash';
const hash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');

function run(...args) {
  console.log(`console: npm ${args.join(' ')}`);
  const { status, error } = spawnSync(npm, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) {
    console.error(`console: cannot run npm (${error.message}); Node.js 20 or newer with npm is needed`);
  }
  if (status !== 0) {
    process.exit(1);
  }
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  run('ci', '--no-audit', '--no-fund');
  writeFileSync(stamp, hash);
}
if (process.argv[2] !== 'fast') {
  run('run', '--silent', 'check');
  run('run', '--silent', 'lint');
  run('run', '--silent', 'test');
}
run('run', '--silent', 'build');
