// A Sparkplug host of other people's code: prints what edge nodes of a group say, and sends commands told by lines on its input.
// usage: node host.js PORT GROUP
'use strict';
const mqtt = require('mqtt');
const sparkplug = require('sparkplug-payload').get('spBv1.0');
const [port, group] = process.argv.slice(2);

const exact = (key, value) =>
  value !== null && typeof value === 'object' && 'low' in value && 'high' in value && 'unsigned' in value
    ? (value.unsigned ? BigInt.asUintN : BigInt.asIntN)(64, (BigInt(value.high) << 32n) | BigInt(value.low >>> 0)).toString() : value;

const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'a-host', clean: true, reconnectPeriod: 0 });
client.on('error', e => { console.log('ERROR ' + e); process.exit(1); });
client.on('message', (topic, payload) => {
  console.log(JSON.stringify({ topic, payload: sparkplug.decodePayload(payload) }, exact));
});
client.on('connect', () => client.subscribe([`spBv1.0/${group}/#`], { qos: 1 }, () => console.log('READY')));
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const order = JSON.parse(line);
  if (order.text !== undefined) {
    client.publish(order.topic, order.text, { qos: 1, retain: true }, () => console.log('SENT'));
  } else {
    client.publish(order.topic, Buffer.from(sparkplug.encodePayload(order.payload)), { qos: 0 }, () => console.log('SENT'));
  }
}).on('close', () => process.exit(0));
