"use strict";
// Subscribes to every variable below the plants' objects and to the moulding machine's cycles: plants.js ENDPOINT PLANT...
// Prints how many changes and cycles it has heard, once a second.
const { OPCUAClient, AttributeIds, BrowseDirection, NodeClass, TimestampsToReturn, constructEventFilter, resolveNodeId } = require("node-opcua");

async function main() {
  const [endpoint, ...plants] = process.argv.slice(2);
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 5 } });
  await client.connect(endpoint);
  const session = await client.createSession();
  const namespaces = (await session.read({ nodeId: "i=2255", attributeId: AttributeIds.Value })).value.value;
  const own = namespaces.indexOf("urn:deungdae:simulators");
  const general = namespaces.indexOf("http://opcfoundation.org/UA/PlasticsRubber/GeneralTypes/");
  const variables = [];
  let todo = plants.map((plant) => `ns=${own};s=${plant}`);
  while (todo.length > 0) {
    const results = await session.browse(todo.map((nodeId) => ({ nodeId, browseDirection: BrowseDirection.Forward,
      referenceTypeId: "HasComponent", includeSubtypes: true, nodeClassMask: NodeClass.Object | NodeClass.Variable, resultMask: 63 })));
    todo = [];
    for (const reference of results.flatMap((result) => result.references)) {
      (reference.nodeClass === NodeClass.Object ? todo : variables).push(reference.nodeId.toString());
    }
  }
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 500, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10, publishingEnabled: true });
  let changes = 0;
  let cycles = 0;
  const group = await subscription.monitorItems(variables.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })),
    { samplingInterval: 500, queueSize: 1, discardOldest: true }, TimestampsToReturn.Both);
  group.on("changed", () => changes++);
  const filter = constructEventFilter([`${general}:JobCycleCounter`], resolveNodeId(`ns=${general};i=1038`));
  const item = await subscription.monitor({ nodeId: `ns=${own};s=moulding/imm`, attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter }, TimestampsToReturn.Both);
  item.on("changed", () => cycles++);
  setInterval(() => console.log(`${variables.length} variables, ${changes} changes, ${cycles} cycles`), 1000);
}

main().catch((error) => { console.error(error.stack); process.exit(1); });
