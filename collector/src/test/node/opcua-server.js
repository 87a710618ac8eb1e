"use strict";
// An OPC UA server for the driver's tests.
//
//   node opcua-server.js '{"port":0,"items":2000,"pki":"/some/folder","security":"all|none","user":"","password":""}'
//
// Prints "READY <port>" once it listens. Reads commands from standard input, one a line:
//   set <name> <number>      sets a variable of the "Plant" folder
//   status <name> <status>   gives a variable a status code by name
//   get <name>               prints "VALUE <name> <type> <value>"
//   sessions                 prints "SESSIONS <n> SUBSCRIPTIONS <n>"
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
    automaticallyAcceptUnknownCertificate: true,
  });
  const secured = options.security !== "none";
  const server = new OPCUAServer({
    port,
    host: "127.0.0.1",
    hostname: "localhost",
    serverCertificateManager: manager,
    securityPolicies: secured
      ? [SecurityPolicy.None, SecurityPolicy.Basic256Sha256]
      : [SecurityPolicy.None],
    securityModes: secured
      ? [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt]
      : [MessageSecurityMode.None],
    allowAnonymous: !options.user,
    userManager: {
      isValidUser: (user, password) => user === options.user && password === options.password,
    },
    serverCapabilities: {
      maxSessions: 20,
      operationLimits: { maxNodesPerRead: 300, maxMonitoredItemsPerCall: 700 },
      maxMonitoredItems: 20000,
      maxMonitoredItemsPerSubscription: 20000,
    },
    serverInfo: { applicationUri: "urn:test:server" },
    buildInfo: { productName: "test" },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const own = space.getOwnNamespace();
  const other = space.registerNamespace("urn:test:plant");
  const plant = own.addFolder("ObjectsFolder", { browseName: "Plant" });

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
  };
  const items = [];
  for (let i = 0; i < (options.items || 0); i++) {
    items.push(add(own, "item" + i, "Double", i));
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
