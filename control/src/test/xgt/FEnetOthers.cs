// A FEnet server and a FEnet client of VagabondK.Protocols.LSElectric (which is not part of this project), for the tests of
// our own driver and of our own simulated PLC. docs/reference/xgt.md says where to get it and how this is compiled.
//
//   server PORT dec|hex [AREA=BYTES ...]    serves memory on the loopback interface; without areas 16 of 70,000 bytes
//     poke AREA BYTE HEX                    sets bytes
//     peek AREA BYTE COUNT                  shows bytes
//     contact AREA NUMBER 0|1               sets the contact of a timer or counter
//   client PORT dec|hex                     asks the server there
//     get NAME ...                          reads variables, hexadecimal
//     put NAME HEX ...                      writes variables
//     block NAME COUNT                      reads neighbouring bytes
//     fill AREA BYTE HEX                    writes neighbouring bytes
//
// Says "listening PORT" first, then one line for each command. With FENET_TRACE=FILE every frame is noted.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using VagabondK.Protocols.Channels;
using VagabondK.Protocols.Logging;
using VagabondK.Protocols.LSElectric;
using VagabondK.Protocols.LSElectric.FEnet;
using VagabondK.Protocols.LSElectric.FEnet.Simulation;

static class FEnetOthers
{
    static void Main(string[] args)
    {
        bool hex = args[2] == "hex";
        Func<string[], string> commands;
        if (args[0] == "server")
        {
            var memory = new PlcMemory(args.Skip(3));
            var provider = new TcpChannelProvider(IPAddress.Loopback, int.Parse(args[1])) { Logger = new Trace() };
            memory.Serve(new FEnetSimulationService(provider) { UseHexBitIndex = hex });
            provider.Start();
            Console.WriteLine("listening " + provider.Description.Split(':').Last());
            commands = memory.Command;
        }
        else
        {
            var channel = new TcpChannel("127.0.0.1", int.Parse(args[1])) { Logger = new Trace() };
            var client = new Client(new FEnetClient(channel) { UseHexBitIndex = hex, Timeout = 5000 }, hex);
            Console.WriteLine("listening 0");
            commands = client.Command;
        }
        for (string line = Console.ReadLine(); line != null; line = Console.ReadLine())
            Console.WriteLine(commands(line.Split(' ')));
    }

    public static byte[] Parse(string hex) =>
        Enumerable.Range(0, hex.Length / 2).Select(i => byte.Parse(hex.Substring(2 * i, 2), NumberStyles.HexNumber)).ToArray();

    public static string Show(IEnumerable<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace("-", "");
}

class Trace : IChannelLogger
{
    static readonly string file = Environment.GetEnvironmentVariable("FENET_TRACE");

    public void Log(ChannelLog log)
    {
        if (file != null) lock (typeof(Trace)) File.AppendAllText(file, log + "\n");
    }
}

class Client
{
    readonly FEnetClient client;
    readonly bool hex;

    public Client(FEnetClient client, bool hex) { this.client = client; this.hex = hex; }

    public string Command(string[] words)
    {
        try
        {
            switch (words[0])
            {
                case "get":
                    var read = client.Read(words.Skip(1).Select(w => Name(w)));
                    return string.Join(" ", words.Skip(1).Select(w => Value(Name(w).DataType, read[Name(w)])));
                case "put":
                    var values = new Dictionary<DeviceVariable, DeviceValue>();
                    for (int i = 1; i < words.Length; i += 2)
                        values[Name(words[i])] = ulong.Parse(words[i + 1], NumberStyles.HexNumber);
                    client.Write(values);
                    return "ok";
                case "block":
                    return FEnetOthers.Show(client.Read(Name(words[1]), int.Parse(words[2])));
                default:
                    client.Write((DeviceType)(byte)words[1][0], uint.Parse(words[2]), FEnetOthers.Parse(words[3]));
                    return "ok";
            }
        }
        catch (FEnetNAKException e) { return "refused " + e.NAKCodeValue.ToString("X4"); }
        catch (Exception e) { return "failed " + e.Message; }
    }

    DeviceVariable Name(string text) => DeviceVariable.Parse(text, hex);

    static string Value(DataType type, DeviceValue value)
    {
        switch (type)
        {
            case DataType.Bit: return value.BitValue ? "1" : "0";
            case DataType.Byte: return value.ByteValue.ToString("X2");
            case DataType.Word: return value.UnsignedWordValue.ToString("X4");
            case DataType.DoubleWord: return value.UnsignedDoubleWordValue.ToString("X8");
            default: return value.UnsignedLongWordValue.ToString("X16");
        }
    }
}

/// Memory of a PLC. Areas that it has not are refused with 0003, what is beyond them with 0004.
class PlcMemory
{
    const int ModuleBytes = 64;
    readonly Dictionary<DeviceType, byte[]> areas = new Dictionary<DeviceType, byte[]>();
    readonly Dictionary<DeviceType, bool[]> contacts = new Dictionary<DeviceType, bool[]>
    {
        [DeviceType.T] = new bool[2048],
        [DeviceType.C] = new bool[2048],
    };

    public PlcMemory(IEnumerable<string> sizes)
    {
        foreach (var size in sizes) areas[(DeviceType)(byte)size[0]] = new byte[int.Parse(size.Substring(2))];
        if (areas.Count == 0)
            foreach (var area in "PMKFTCLDSZNRWIQU") areas[(DeviceType)(byte)area] = new byte[70000];
    }

    public void Serve(FEnetSimulationService service)
    {
        service.RequestedReadIndividual += (s, e) => e.NAKCode = ReadVariables(e.ResponseValues);
        service.RequestedReadContinuous += (s, e) =>
        {
            lock (areas)
            {
                e.NAKCode = Check(e.StartDeviceVariable, e.Count);
                if (e.NAKCode == FEnetNAKCode.Unknown)
                    e.ResponseValues = areas[e.StartDeviceVariable.DeviceType]
                        .Skip((int)First(e.StartDeviceVariable)).Take(e.Count).ToArray();
            }
        };
        service.RequestedWriteIndividual += (s, e) => e.NAKCode = WriteVariables(e.Values);
        service.RequestedWriteContinuous += (s, e) =>
        {
            lock (areas)
            {
                e.NAKCode = Check(e.StartDeviceVariable, e.Values.Count);
                if (e.NAKCode == FEnetNAKCode.Unknown)
                    e.Values.ToArray().CopyTo(areas[e.StartDeviceVariable.DeviceType], First(e.StartDeviceVariable));
            }
        };
    }

    public string Command(string[] words)
    {
        var area = (DeviceType)(byte)words[1][0];
        int at = int.Parse(words[2]);
        lock (areas)
            switch (words[0])
            {
                case "poke":
                    FEnetOthers.Parse(words[3]).CopyTo(areas[area], at);
                    return "ok";
                case "contact":
                    contacts[area][at] = words[3] == "1";
                    return "ok";
                default:
                    return FEnetOthers.Show(areas[area].Skip(at).Take(int.Parse(words[3])));
            }
    }

    FEnetNAKCode ReadVariables(IEnumerable<DeviceVariableValue> values)
    {
        lock (areas)
            foreach (var value in values)
            {
                var v = value.DeviceVariable;
                var code = Check(v, Size(v));
                if (code != FEnetNAKCode.Unknown) return code;
                value.DeviceValue = Read(v);
            }
        return FEnetNAKCode.Unknown;
    }

    DeviceValue Read(DeviceVariable v)
    {
        if (IsContact(v)) return contacts[v.DeviceType][v.Index];
        var bytes = areas[v.DeviceType];
        if (v.DataType == DataType.Bit) return ((bytes[First(v)] >> (int)(v.Index % 8)) & 1) == 1;
        ulong number = 0;
        for (int i = 0; i < Size(v); i++) number |= (ulong)bytes[First(v) + i] << (8 * i);
        return number;
    }

    FEnetNAKCode WriteVariables(IReadOnlyDictionary<DeviceVariable, DeviceValue> values)
    {
        lock (areas)
        {
            foreach (var v in values.Keys)
            {
                var code = IsContact(v) ? FEnetNAKCode.IlegalDeviceMemory : Check(v, Size(v));
                if (code != FEnetNAKCode.Unknown) return code;
            }
            foreach (var value in values) Write(value.Key, value.Value);
        }
        return FEnetNAKCode.Unknown;
    }

    void Write(DeviceVariable v, DeviceValue value)
    {
        var bytes = areas[v.DeviceType];
        int mask = 1 << (int)(v.Index % 8);
        if (v.DataType != DataType.Bit) value.GetBytes(v.DataType).CopyTo(bytes, First(v));
        else bytes[First(v)] = (byte)(value.BitValue ? bytes[First(v)] | mask : bytes[First(v)] & ~mask);
    }

    bool IsContact(DeviceVariable v) => v.DataType == DataType.Bit && contacts.ContainsKey(v.DeviceType);

    FEnetNAKCode Check(DeviceVariable v, int count)
    {
        if (!areas.TryGetValue(v.DeviceType, out var bytes)) return FEnetNAKCode.IlegalDeviceMemory;
        if (count > 1400) return FEnetNAKCode.OverDataLengthTotal;
        return First(v) + count > bytes.Length ? FEnetNAKCode.OutOfRangeDeviceVariable : FEnetNAKCode.Unknown;
    }

    static int Size(DeviceVariable v)
    {
        switch (v.DataType)
        {
            case DataType.Word: return 2;
            case DataType.DoubleWord: return 4;
            case DataType.LongWord: return 8;
            default: return 1;
        }
    }

    /// First byte. The number after the dot counts within a module of area U.
    static long First(DeviceVariable v)
    {
        if (v.SubIndices.Count == 1) return v.Index * ModuleBytes + v.SubIndices[0] * Size(v);
        return v.DataType == DataType.Bit ? v.Index / 8 : v.Index * (long)Size(v);
    }
}
