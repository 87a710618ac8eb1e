"use strict";
// node-opcua's client with many doubles in one subscription, doing nothing with them: opcua-subscribe.js PORT TAGS.
// Prints each second how many values it has had, until it is ended.
const { OPCUAClient, AttributeIds, TimestampsToReturn } = require("node-opcua");

const ITEMS_OF_CALL = 1000;

async function main() {
  const [port, tags] = process.argv.slice(2).map(Number);
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 5 } });
  await client.connect(`opc.tcp://127.0.0.1:${port}`);
  const session = await client.createSession();
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 500, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10, publishingEnabled: true,
  });
  let values = 0;
  for (let from = 0; from < tags; from += ITEMS_OF_CALL) {
    const items = [];
    for (let i = from; i < Math.min(tags, from + ITEMS_OF_CALL); i++) {
      items.push({ nodeId: `ns=2;s=t${i}`, attributeId: AttributeIds.Value });
    }
    const group = await subscription.monitorItems(items,
      { samplingInterval: 500, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both);
    group.on("changed", () => values++);
  }
  setInterval(() => console.log(values), 1000);
}

main().catch((error) => { console.error(error.stack); process.exit(1); });
