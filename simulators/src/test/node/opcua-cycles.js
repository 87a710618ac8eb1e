"use strict";
// Finds moulding machines by the type of OPC 40077 below DeviceSet and hears their cycles with node-opcua: opcua-cycles.js ENDPOINT COUNT
// Prints one line for each member of the machine (path, value), one for each event and for the logbook's next entry (fields as JSON). For EveryTagIT.
const { OPCUAClient, AttributeIds, BrowseDirection, TimestampsToReturn, constructEventFilter, resolveNodeId } = require("node-opcua");

const MACHINE = "http://opcfoundation.org/UA/PlasticsRubber/IMM2MES/";
const GENERAL = "http://opcfoundation.org/UA/PlasticsRubber/GeneralTypes/";
const DEVICES = "http://opcfoundation.org/UA/DI/";

async function children(session, nodeId) {
  const result = await session.browse({
    nodeId, browseDirection: BrowseDirection.Forward, referenceTypeId: "HierarchicalReferences", includeSubtypes: true, resultMask: 63 });
  return result.references;
}

async function print(session, nodeId, path) {
  for (const child of await children(session, nodeId)) {
    const name = `${path}/${child.browseName.name}`;
    if (child.nodeClass === 2) {
      const value = await session.read({ nodeId: child.nodeId, attributeId: AttributeIds.Value });
      console.log(`node ${name} ${value.statusCode.name} ${JSON.stringify(value.value.value)}`);
    }
    await print(session, child.nodeId, name);
  }
}

async function main() {
  const [endpoint, count] = process.argv.slice(2);
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 2 } });
  await client.connect(endpoint);
  const session = await client.createSession();
  const namespaces = (await session.read({ nodeId: "i=2255", attributeId: AttributeIds.Value })).value.value;
  const index = (uri) => namespaces.indexOf(uri);
  const type = `ns=${index(MACHINE)};i=1007`;
  const machines = (await children(session, `ns=${index(DEVICES)};i=5001`)).filter((m) => m.typeDefinition.toString() === type);
  for (const machine of machines) {
    console.log(`machine ${machine.browseName.name}`);
    await print(session, machine.nodeId, "");
  }
  const g = index(GENERAL);
  const m = index(MACHINE);
  const own = ["JobName", "JobCycleCounter", "MachineCycleCounter", "CycleTime", "CycleQuality", "PartId",
    "JobGoodPartsCounter", "JobBadPartsCounter"];
  const unit = ["SpecificPressureMaximum", "CushionStroke", "InjectionTime", "DosingTime"];
  const fields = ["EventType", "SourceName", "Time", ...own.map((f) => `${g}:${f}`),
    ...unit.map((f) => `${m}:InjectionUnitCycleParameters_1.${m}:${f}`)];
  const names = ["EventType", "SourceName", "Time", ...own, ...unit];
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 100, requestedLifetimeCount: 100, requestedMaxKeepAliveCount: 10, publishingEnabled: true });
  const filter = constructEventFilter(fields, resolveNodeId(`ns=${g};i=1038`));
  const item = await subscription.monitor({ nodeId: machines[0].nodeId, attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 100, discardOldest: true, filter }, TimestampsToReturn.Both);
  let heard = 0;
  await new Promise((resolve) => item.on("changed", (values) => {
    if (heard === Number(count)) return;
    console.log("event " + JSON.stringify(Object.fromEntries(names.map((name, i) => [name, values[i].value]))));
    if (++heard === Number(count)) resolve();
  }));
  // The logbook: entries until one has come.
  const log = ["EventOriginator", "ParameterId", "OldValue", "NewValue", "JobCycleCounter"];
  const book = await subscription.monitor({ nodeId: machines[0].nodeId, attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, queueSize: 100, discardOldest: true,
      filter: constructEventFilter(["SourceName", ...log.map((f) => `${g}:${f}`)], resolveNodeId(`ns=${g};i=1011`)) }, TimestampsToReturn.Both);
  await new Promise((resolve) => book.on("changed", (values) => {
    console.log("entry " + JSON.stringify(Object.fromEntries(["SourceName", ...log].map((name, i) => [name, values[i].value]))));
    resolve();
  }));
  await session.close();
  await client.disconnect();
}

main().catch((error) => { console.error(error.stack); process.exit(1); });
