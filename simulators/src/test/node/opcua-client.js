"use strict";
// Reads every variable below the plants' objects with node-opcua: opcua-client.js ENDPOINT PLANT...
// Prints one line for each: node id, status, type, value. A client by other people, for EveryTagIT.
const { OPCUAClient, AttributeIds, BrowseDirection, NodeClass } = require("node-opcua");

async function main() {
  const [endpoint, ...plants] = process.argv.slice(2);
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 2 } });
  await client.connect(endpoint);
  const session = await client.createSession();
  const namespaces = (await session.read({ nodeId: "i=2255", attributeId: AttributeIds.Value })).value.value;
  const index = namespaces.indexOf("urn:deungdae:simulators");
  const variables = [];
  const seen = new Set();
  let todo = plants.map((plant) => `ns=${index};s=${plant}`);
  while (todo.length > 0) {
    const results = await session.browse(todo.map((nodeId) => ({
      nodeId, browseDirection: BrowseDirection.Forward, referenceTypeId: "HasComponent", includeSubtypes: true,
      nodeClassMask: NodeClass.Object | NodeClass.Variable, resultMask: 63 })));
    const next = [];
    for (const reference of results.flatMap((result) => result.references)) {
      const id = reference.nodeId.toString();
      if (seen.has(id)) continue;
      seen.add(id);
      if (reference.nodeClass === NodeClass.Object) next.push(id);
      else variables.push(id);
    }
    todo = next;
  }
  const values = await session.read(variables.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
  values.forEach((value, i) =>
    console.log([variables[i].replace(/^ns=\d+;s=/, ""), value.statusCode.name, value.value.dataType, value.value.value].join(" ")));
  await session.close();
  await client.disconnect();
}

main().catch((error) => { console.error(error.message); process.exit(1); });
