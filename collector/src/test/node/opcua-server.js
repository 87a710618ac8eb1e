"use strict";
// An OPC UA server for the driver's tests.
//
//   node opcua-server.js '{"port":0,"items":2000,"pki":"/some/folder","security":"all|none","user":"","password":""}'
//   more options: "trustAll":false refuses clients whose certificate is not in the folder's trusted/certs;
//   "tree":true adds folders for browsing, "nodes":10000 more of them; "maxItems":5, "maxSessions":1;
//   "shift":true gives the plant's namespace another index;
//   "subscriptions":"unsupported" knows no such service, "none" has room for none; "transfer":"unsupported"
//   knows no transfer of subscriptions; "limits":{"maxNodesPerRead":1} changes operation limits
//
// Prints "READY <port>" once it listens. Reads commands from standard input, one a line:
//   set <name> <number>      sets a variable of the "Plant" folder
//   status <name> <status>   gives a variable a status code by name
//   ramp <name> <steps>      sets a variable to 1, 2, … and so on, one each 200 ms
//   past <name>              gives a variable a source time of an hour ago
//   retype                   makes "loose", an Int16, a Double, as a program loaded into a PLC may
//   room                     raises maxItems and maxSessions
//   namespace <uri>          adds a namespace with a variable "late"
//   swallow                  loses the next message of a subscription on its way
//   hide on|off              leaves encrypting endpoints out where answers are not signed, as somebody in between could
//   items                    prints "ITEMS <n>", the monitored items of all sessions
//   get <name>               prints "VALUE <name> <type> <value>"
//   delete                   deletes all subscriptions
//   expire                   ends all sessions as if they had not been heard of in time
//   trust                    trusts every client certificate that was rejected
//   index <uri>              prints "INDEX <n>" of a namespace
//   sessions                 prints "SESSIONS <n> SUBSCRIPTIONS <n>"
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");
const readline = require("readline");
const {
  OPCUAServer, Variant, DataType, VariantArrayType, StatusCodes, SecurityPolicy,
  MessageSecurityMode, OPCUACertificateManager, makeAccessLevelFlag,
} = require("node-opcua");

const options = JSON.parse(process.argv[2] || "{}");

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const port = probe.address().port;
      probe.close(() => resolve(port));
    });
  });
}

async function main() {
  const port = options.port || (await freePort());
  const manager = new OPCUACertificateManager({
    rootFolder: path.join(options.pki, "server"),
    automaticallyAcceptUnknownCertificate: options.trustAll !== false,
  });
  const secured = options.security !== "none";
  const users = secured
    ? new OPCUACertificateManager({
        rootFolder: path.join(options.pki, "users"),
        automaticallyAcceptUnknownCertificate: true,
      })
    : manager;
  const server = new OPCUAServer({
    port,
    host: "127.0.0.1",
    hostname: options.hostname || "localhost", // as it calls itself in its endpoints
    serverCertificateManager: manager,
    userCertificateManager: users,
    securityPolicies: secured
      ? [
        SecurityPolicy.None, SecurityPolicy.Basic256Sha256,
        SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss]
      : [SecurityPolicy.None],
    securityModes: secured
      ? [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
      : [MessageSecurityMode.None],
    allowAnonymous: options.anonymous !== undefined ? options.anonymous : !options.user,
    userManager: {
      isValidUser: (user, password) => user === options.user && password === options.password,
    },
    serverCapabilities: {
      maxSessions: options.maxSessions || 50,
      maxSubscriptions: 50,
      operationLimits: { maxNodesPerRead: 300, maxMonitoredItemsPerCall: 700, ...options.limits },
      maxMonitoredItems: options.maxItems || 20000,
      maxMonitoredItemsPerSubscription: options.maxItems || 20000,
    },
    serverInfo: { applicationUri: "urn:test:server" },
    buildInfo: { productName: "test" },
  });
  if (options.subscriptions === "unsupported") {
    server._on_CreateSubscriptionRequest = undefined; // then the server itself answers that it knows no such service
  }
  if (options.transfer === "unsupported") {
    server._on_TransferSubscriptionsRequest = undefined;
  }
  let hiding = false;
  const tellEndpoints = server._on_GetEndpointsRequest;
  server._on_GetEndpointsRequest = function (message, channel) {
    if (hiding && channel.securityMode === MessageSecurityMode.None) {
      const send = channel.send_response;
      channel.send_response = function (type, response, ...rest) {
        response.endpoints = response.endpoints.filter(
          (endpoint) => endpoint.securityMode !== MessageSecurityMode.SignAndEncrypt);
        send.call(channel, type, response, ...rest);
      };
      tellEndpoints.call(server, message, channel);
      delete channel.send_response;
    } else {
      tellEndpoints.call(server, message, channel);
    }
  };
  await server.initialize();
  if (options.subscriptions === "none") {
    server.engine.serverCapabilities.maxSubscriptions = 0;
  }
  const space = server.engine.addressSpace;
  const own = space.getOwnNamespace();
  if (options.shift) {
    space.registerNamespace("urn:test:before"); // all after it have another index than without
  }
  const other = space.registerNamespace("urn:test:plant");
  const plant = own.addFolder("ObjectsFolder", { browseName: "Plant", nodeId: "s=Plant" });

  function add(ns, name, dataType, value, more) {
    return ns.addVariable({
      organizedBy: plant,
      nodeId: "s=" + name,
      browseName: name,
      dataType,
      value: new Variant({
        dataType: DataType[dataType],
        arrayType: VariantArrayType.Scalar,
        value,
        ...(more && more.variant),
      }),
      ...(more && more.node),
    });
  }
  const byName = {
    temperature: add(other, "temperature", "Double", 850.5),
    speed: add(own, "speed", "Float", 1.5),
    count: add(own, "count", "Int16", 7),
    large: add(own, "large", "Int64", [0, 12345]),
    on: add(own, "on", "Boolean", true),
    product: add(own, "product", "String", "gear"),
    fixed: add(own, "fixed", "Double", 1, {
      node: {
        accessLevel: makeAccessLevelFlag("CurrentRead"),
        userAccessLevel: makeAccessLevelFlag("CurrentRead"),
      },
    }),
    zones: add(own, "zones", "Float", new Float32Array([10, 20, 30, 40]), {
      variant: { arrayType: VariantArrayType.Array },
      node: { valueRank: 1, arrayDimensions: [4] },
    }),
    noisy: add(own, "noisy", "Double", 0),
    sbyte: add(own, "sbyte", "SByte", -5),
    byte: add(own, "byte", "Byte", 250),
    uint16: add(own, "uint16", "UInt16", 65000),
    int32: add(own, "int32", "Int32", -2000000000),
    uint32: add(own, "uint32", "UInt32", 4000000000),
    int64max: add(own, "int64max", "Int64", [0x7fffffff, 0xffffffff]),
    int64min: add(own, "int64min", "Int64", [0x80000000, 1]),
    uint64: add(own, "uint64", "UInt64", [0x20000000, 1]),
    uint64huge: add(own, "uint64huge", "UInt64", [0xffffffff, 0xffffffff]),
    moment: add(own, "moment", "DateTime", new Date(Date.UTC(2024, 1, 29, 12, 0, 0))),
    guid: add(own, "guid", "Guid", "72962B91-FA75-4AE6-8D28-B404DC7DAF63"),
    bytes: add(own, "bytes", "ByteString", Buffer.from([0xde, 0xad, 0x01])),
    label: add(own, "label", "LocalizedText", { text: "running", locale: "en" }),
    qname: add(own, "qname", "QualifiedName", { name: "axis", namespaceIndex: 1 }),
    code: add(own, "code", "StatusCode", StatusCodes.BadSensorFailure),
    longs: add(own, "longs", "Int64", [[0, 1], [0x7fffffff, 0xffffffff]], {
      variant: { arrayType: VariantArrayType.Array },
      node: { valueRank: 1, arrayDimensions: [2] },
    }),
    grid: add(own, "grid", "Double", new Float64Array([11, 12, 13, 21, 22, 23]), {
      variant: { arrayType: VariantArrayType.Matrix, dimensions: [2, 3] },
      node: { valueRank: 2, arrayDimensions: [2, 3] },
    }),
    state: own.addVariable({
      organizedBy: plant, nodeId: "s=state", browseName: "state",
      dataType: space.findDataType("ServerState"),
      value: { dataType: DataType.Int32, value: 3 },
    }),
    unset: own.addVariable({
      organizedBy: plant, nodeId: "s=unset", browseName: "unset", dataType: "Double",
      value: { get: () => new Variant({ dataType: DataType.Null }) },
    }),
    odd: add(own, "odd", "Double", NaN),
    structure: own.addVariable({
      organizedBy: plant, nodeId: "s=structure", browseName: "structure", dataType: "Range",
      value: {
        dataType: DataType.ExtensionObject,
        value: space.constructExtensionObject(space.findDataType("Range"), { low: 1, high: 2 }),
      },
    }),
    recipe: add(own, "recipe", "Int32", 0),
    running: add(own, "running", "Boolean", false),
  };
  const loose = new Variant({ dataType: DataType.Int16, value: 1 });
  byName.loose = own.addVariable({
    organizedBy: plant, nodeId: "s=loose", browseName: "loose", dataType: "Number",
    value: {
      get: () => loose.clone(),
      set: (given) => {
        if (given.dataType !== loose.dataType) { return StatusCodes.BadTypeMismatch; }
        loose.value = given.value;
        return StatusCodes.Good;
      },
    },
  });
  byName.pressure = own.addAnalogDataItem({
    organizedBy: plant, nodeId: "s=pressure", browseName: "pressure", dataType: "Double",
    description: "Pressure of the loop", engineeringUnitsRange: { low: 0, high: 200 },
    engineeringUnits: require("node-opcua").standardUnits.bar,
    value: new Variant({ dataType: DataType.Double, value: 100 }),
  });
  const set = (variable, value) => variable.setValueFromSource({ ...variable.readValue().value, value });
  function method(name, inputArguments, act) {
    const made = own.addMethod(plant, {
      nodeId: "s=" + name, browseName: name, inputArguments, outputArguments: [],
    });
    made.bindMethod((given, context, done) => done(null, { statusCode: act(given), outputArguments: [] }));
  }
  method("Start", [], () => { set(byName.running, true); return StatusCodes.Good; });
  method("LoadRecipe",
    [{ name: "number", dataType: DataType.Int32, description: { text: "which" } }],
    ([number]) => {
      if (number.value > 100) { return StatusCodes.BadOutOfRange; }
      set(byName.recipe, number.value);
      return StatusCodes.Good;
    });
  method("Mix",
    [{ name: "a", dataType: DataType.Int32 }, { name: "b", dataType: DataType.Int32 }],
    () => StatusCodes.Good);
  if (options.tree) {
    const line = own.addFolder(plant, { browseName: "Line1", nodeId: "s=Line1" });
    const cell = own.addObject({ componentOf: line, browseName: "Cell", nodeId: "s=Line1.Cell" });
    own.addVariable({
      componentOf: cell, browseName: "speed", nodeId: "s=Line1.Cell.speed", dataType: "Float",
      value: { dataType: DataType.Float, value: 1 },
    });
    cell.addReference({ referenceType: "Organizes", nodeId: line }); // a cycle
    // folders of 500, because large ones take this server minutes to make; one is larger than an answer
    for (let i = 0, folder, left = 0; i < (options.nodes || 0); i++, left--) {
      if (left === 0) {
        left = i === 0 ? 1500 : 500;
        folder = own.addFolder(plant, { browseName: "Many" + i, nodeId: "s=Many" + i });
      }
      own.addVariable({
        organizedBy: folder, nodeId: "s=node" + i, browseName: "node" + i, dataType: "Double",
        value: { dataType: DataType.Double, value: i },
      });
    }
  }
  const items = [];
  for (let i = 0, folder; i < (options.items || 0); i++) {
    if (i % 500 === 0) {
      folder = own.addFolder(plant, { browseName: "Items" + i, nodeId: "s=Items" + i }); // small ones: see above
    }
    items.push(own.addVariable({
      organizedBy: folder, nodeId: "s=item" + i, browseName: "item" + i, dataType: "Double",
      value: { dataType: DataType.Double, value: i },
    }));
  }
  let round = 0;
  setInterval(() => {
    round++;
    items.forEach((item, i) =>
      item.setValueFromSource({ dataType: DataType.Double, value: i + round * 100000 }));
  }, 1000).unref();
  await server.start();
  console.log("READY " + port);

  const number = (text) => (text === "true" ? true : text === "false" ? false : Number(text));
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const [command, name, value] = line.split(" ");
    const variable = byName[name];
    if (command === "set") {
      const { dataType, arrayType } = variable.readValue().value;
      variable.setValueFromSource({ dataType, arrayType, value: number(value) });
    } else if (command === "status") {
      const last = variable.readValue().value;
      variable.setValueFromSource(last, StatusCodes[value]);
    } else if (command === "get") {
      const { dataType, value: now } = variable.readValue().value;
      console.log("VALUE " + name + " " + DataType[dataType] + " " + JSON.stringify(ArrayBuffer.isView(now) ? Array.from(now) : [now]));
    } else if (command === "ramp") {
      for (let i = 1; i <= Number(value); i++) {
        setTimeout(() => set(variable, i), i * 200);
      }
    } else if (command === "retype") {
      loose.dataType = DataType.Double;
      console.log("RETYPED");
    } else if (command === "past") {
      variable.setValueFromSource(variable.readValue().value, StatusCodes.Good, new Date(Date.now() - 3600000));
      variable.$dataValue.serverTimestamp = new Date();
      console.log("PAST " + name);
    } else if (command === "room") {
      const all = [server.engine.serverCapabilities];
      for (const session of Object.values(server.engine._sessions)) {
        session.publishEngine.subscriptions.forEach((one) => all.push(one.serverCapabilities));
      }
      all.forEach((one) => Object.assign(one,
        { maxSessions: 50, maxMonitoredItems: 20000, maxMonitoredItemsPerSubscription: 20000 }));
    } else if (command === "namespace") {
      const late = space.registerNamespace(name);
      late.addVariable({
        organizedBy: plant, nodeId: "s=late", browseName: "late", dataType: "Double",
        value: { dataType: DataType.Double, value: 12.5 },
      });
    } else if (command === "swallow") {
      for (const session of Object.values(server.engine._sessions)) {
        const engine = session.publishEngine;
        const send = engine._send_response_for_request;
        engine._send_response_for_request = function (request, response) {
          const message = response.notificationMessage;
          if (message && message.notificationData && message.notificationData.length > 0) {
            delete engine._send_response_for_request;
          } else {
            send.call(engine, request, response);
          }
        };
      }
      console.log("SWALLOWING");
    } else if (command === "hide") {
      hiding = name === "on";
      console.log("HIDING " + name);
    } else if (command === "items") {
      let count = 0;
      for (const session of Object.values(server.engine._sessions)) {
        session.publishEngine.subscriptions.forEach((one) => (count += one.monitoredItemCount));
      }
      console.log("ITEMS " + count);
    } else if (command === "delete") {
      for (const session of Object.values(server.engine._sessions)) {
        for (const subscription of [...session.publishEngine.subscriptions]) {
          session.deleteSubscription(subscription.id);
        }
      }
    } else if (command === "expire") {
      for (const session of Object.values(server.engine._sessions)) {
        server.engine.closeSession(session.authenticationToken, true, "Timeout");
      }
    } else if (command === "trust") {
      const from = path.join(options.pki, "server", "rejected");
      for (const file of fs.readdirSync(from)) {
        fs.renameSync(path.join(from, file), path.join(options.pki, "server", "trusted", "certs", file));
      }
      console.log("TRUSTED");
    } else if (command === "index") {
      console.log("INDEX " + space.getNamespaceIndex(name));
    } else if (command === "sessions") {
      console.log(
        "SESSIONS " + server.currentSessionCount + " SUBSCRIPTIONS " + server.currentSubscriptionCount);
    }
  });
  process.stdin.on("end", () => process.exit(0)); // the test is gone
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
