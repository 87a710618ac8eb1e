"use strict";
// MQTT.js with many topics of JSON at QoS 1, each parsed and nothing done with it: mqtt-subscribe.js PORT.
// Prints each second how many values it has had, until it is ended.
const mqtt = require("mqtt");

const client = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`, { clientId: "peer", clean: true });
let values = 0;
client.on("error", (error) => { console.error(error.stack); process.exit(1); });
client.on("message", (topic, payload) => {
  values += Object.keys(JSON.parse(payload.toString())).length - 1; // without the time
});
client.on("connect", () => client.subscribe("bench/#", { qos: 1 }));
setInterval(() => console.log(values), 1000);
