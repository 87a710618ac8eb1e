// A Sparkplug edge node of other people's code (mqtt, sparkplug-payload), told what to do by lines on its input.
// usage: node edge-node.js PORT GROUP NODE
// input: {"type":"NBIRTH","payload":{...}}, {"type":"DDATA","device":"d1","payload":{...}}, {"will":...} before anything else
// output: READY, and {"topic":...,"payload":...} for each command that comes
'use strict';
const mqtt = require('mqtt');
const sparkplug = require('sparkplug-payload').get('spBv1.0');
const [port, group, node, bdSeq] = process.argv.slice(2);

const exact = (key, value) =>
  typeof value === 'bigint' ? value.toString()
    : value !== null && typeof value === 'object' && 'low' in value && 'high' in value && 'unsigned' in value
      ? (BigInt.asUintN(64, (BigInt(value.high) << 32n) | BigInt(value.low >>> 0))).toString() : value;
const Long = require('long');
const revive = (key, value) =>
  value !== null && typeof value === 'object' && 'long' in value ? Long.fromString(value.long, !!value.unsigned) : value;

const death = sparkplug.encodePayload({
  timestamp: Date.now(), metrics: [{ name: 'bdSeq', type: 'Int64', value: Number(bdSeq) }] });
const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
  clientId: `${group}-${node}`, clean: true, reconnectPeriod: 0,
  will: { topic: `spBv1.0/${group}/NDEATH/${node}`, payload: Buffer.from(death), qos: 1, retain: false } });
client.on('error', e => { console.log('ERROR ' + e); process.exit(1); });
client.on('message', (topic, payload) => {
  const said = topic.includes('STATE/') ? payload.toString() : sparkplug.decodePayload(payload);
  console.log(JSON.stringify({ topic, payload: said }, exact));
});
client.on('connect', () => {
  client.subscribe([`spBv1.0/${group}/NCMD/${node}`, `spBv1.0/${group}/DCMD/${node}/+`, 'spBv1.0/STATE/+', 'STATE/+'], { qos: 1 },
    () => console.log('READY'));
});
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const order = JSON.parse(line, revive);
  if (order.raw !== undefined) {
    client.publish(order.topic, order.raw, { qos: 0 });
    return;
  }
  const topic = `spBv1.0/${group}/${order.type}/${node}` + (order.device ? '/' + order.device : '');
  client.publish(topic, Buffer.from(sparkplug.encodePayload(order.payload)), { qos: 0 }, () => console.log('SENT'));
}).on('close', () => process.exit(0)); // without a farewell: the broker tells the death
