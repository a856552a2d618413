import { z } from 'zod';
import { providers } from '../contract/frame.ts';
import { gateModes, neededTags, type PlcTag, plcTags, wireTypes } from '../contract/gate.ts';

const roles = ['viewer', 'operator', 'maintenance', 'quality', 'admin'] as const;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, - and _');

/** The colour filter of a camera that sends raw sensor pixels, by its first two: `rg` is RGGB. Demosaiced in the region of interest only. */
const bayer = z.enum(['rg', 'bg', 'gr', 'gb']).optional();

/** What may stand in a GStreamer pipeline and stays one word. */
const word = z.string().regex(/^[\w.:+/-]+$/, 'letters, digits and . : + / - _');

/**
 * A GigE Vision or USB3 Vision camera, through Aravis. `features` are the camera's own, by their GenICam names, set before
 * it starts: `TriggerMode = "On"`.
 */
const genicam = z.strictObject({
  kind: z.literal('genicam'),
  /** Vendor, model and serial number as `arv-tool-0.8` lists them: `Basler-acA1300-22334455`. */
  name: z.string().regex(/^[^"\\]+$/, 'without " and \\'),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().positive(),
  exposureUs: z.number().positive().optional(),
  gainDb: z.number().optional(),
  bayer,
  features: z.record(word, z.union([word, z.number()])).default({}),
});

/** Any source that OpenCV opens. */
const camera = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('v4l2'), device: z.string(), width: z.int(), height: z.int(), fps: z.number().positive() }),
  /** A GStreamer pipeline that ends in `appsink`: RTSP, CSI and whatever else GStreamer reads. */
  z.strictObject({ kind: z.literal('gstreamer'), pipeline: z.string(), bayer, stamped: z.boolean().default(false) }),
  genicam,
  z.strictObject({
    kind: z.literal('file'),
    path: z.string(),
    fps: z.number().positive().optional(),
    loop: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('folder'), path: z.string(), fps: z.number().positive(), loop: z.boolean().default(false) }),
  /** The simulated conveyor camera (`linegate sim camera`). */
  z.strictObject({ kind: z.literal('sim'), host: z.string().default('127.0.0.1'), port: z.int() }),
]);
export type CameraConfig = z.infer<typeof camera>;

/** How we prove who we are to an OPC UA server. The password stands in a file of its own, readable by us alone. */
const opcua = z.strictObject({
  endpoint: z.string().regex(/^opc\.tcp:\/\//),
  securityPolicy: z.enum(['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss']).default('Basic256Sha256'),
  userName: z.string().optional(),
  passwordFile: z.string().optional(),
  /** A server whose certificate an authority (CA) vouches for, when that authority's revocation list (CRL) is not here. */
  missingCrl: z.enum(['refuse', 'warn']).default('refuse'),
});

/**
 * Where a tag is on a PLC whose program knows nothing of us. A value of the PLC times `scale`, plus `offset`, is ours. `false`:
 * this PLC has no such tag.
 */
const tag = z.union([
  z.string(),
  z.strictObject({
    node: z.string(),
    type: z.enum(wireTypes).optional(),
    scale: z
      .number()
      .refine((scale) => scale !== 0, 'not 0')
      .default(1),
    offset: z.number().default(0),
  }),
  z.literal(false),
]);
export type TagConfig = z.infer<typeof tag>;

type Tags = Partial<Record<PlcTag, TagConfig>>;
interface Binding {
  nodeId: string | false;
  tags: Tags;
}

/** Where a tag is on this PLC, or `false`. */
export const tagConfig = ({ nodeId, tags }: Binding, name: PlcTag): TagConfig =>
  tags[name] ?? (nodeId === false ? false : nodeId.replace('%s', name));

const plcLink = opcua.extend({
  /**
   * Node id of a tag, `%s` standing for its name; `ns=3;…`, or `nsu=URI;…` where the namespace's number may change.
   * `false`: this PLC has no tags but those in `tags`.
   */
  nodeId: z.union([z.string(), z.literal(false)]).default('ns=1;s=Linegate.%s'),
  /** Tags that are called otherwise on this PLC. */
  tags: z.partialRecord(z.enum(Object.keys(plcTags) as [keyof typeof plcTags]), tag).default({}),
  /**
   * How a trigger is taken. `stamped`: its three tags carry one source time stamp. `read`: when `TriggerSeq` changes, which
   * the program sets last, the three are read; for servers that set the time stamps themselves.
   */
  triggers: z.enum(['stamped', 'read']).default('stamped'),
  /**
   * Who times the gate. It stands here and not in the recipe because it is what this PLC's program can do, and decides
   * which tags it must have.
   */
  gate: z.enum(gateModes).default('plc'),
  /** With `gate = "line"`: from the encoder to us and from our word to the output, milliseconds; the actuator's own time is the recipe's. */
  outputLagMs: z.number().nonnegative().default(2),
  /** How the PLC answers a command: with the `status` of the write of `ResultSeq`, or with an `echo` of it in `ResultAck`. */
  answers: z.enum(['status', 'echo']).default('status'),
});
const isThere =
  (name: PlcTag) =>
  (binding: Binding): boolean =>
    tagConfig(binding, name) !== false;

/** Every tag without which there is no gate, and `ResultAck` where the PLC answers by it. */
const plc = plcLink
  .superRefine((link, { addIssue }) => {
    for (const name of neededTags[link.gate])
      if (!isThere(name)(link)) addIssue({ code: 'custom', path: ['tags', name], message: 'no gate without it' });
  })
  .refine((link) => link.gate === 'line' || link.answers === 'status' || isThere('ResultAck')(link), {
    ...{ path: ['tags', 'ResultAck'], error: 'needed where answers = "echo"' },
  });
export type PlcConfig = z.infer<typeof plc>;

/** A TOML file knows no `null`. */
const output = z.union([z.int().nonnegative(), z.literal(false)]);

export const mes = opcua.extend({
  /** `call`: we call the MES's method. `fetch`: it fetches the results from us and acknowledges them. */
  delivery: z.enum(['call', 'fetch']).default('call'),
  objectId: z.string().default('ns=1;s=Mes'),
  methodId: z.string().default('ns=1;s=Mes.ReportResults'),
  /**
   * What the method's arguments are. In: `json-array`, a String[] with one record each (JSON); `json`, one String that holds
   * them all as a JSON array. Where acknowledged ids and refusals stand among its outputs, from 0; `false`: nowhere. Where
   * no ids come back, a good status acknowledges all.
   */
  arguments: z
    .strictObject({
      reports: z.enum(['json-array', 'json']).default('json-array'),
      acknowledged: output.default(0),
      refused: output.default(1),
    })
    .prefault({}),
  /** The method by which job orders come and job responses go; none without it. */
  jobsMethodId: z.string().optional(),
});
export type MesConfig = z.infer<typeof mes>;

const lane = z.strictObject({
  name,
  camera,
  recipe: z.string(),
  plc,
  /** Pictures a second for the screen. */ previewFps: z.number().min(0).max(30).default(12),
});
export type LaneConfig = z.infer<typeof lane>;

/** How much of the disk is taken. Records also never take the last of the disk, whatever stands here. */
const keep = z.strictObject({
  recordsMiB: z
    .int()
    .min(8)
    .default(16 * 1024),
  picturesMiB: z
    .int()
    .min(1)
    .default(2 * 1024),
});

/** One appliance. A TOML file; paths in it are relative to it. */
export const station = z.strictObject({
  station: name,
  dataDir: z.string(),
  providers: z.array(z.enum(providers)).min(1).default(['tensorrt', 'cuda', 'cpu']),
  api: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.int().default(8600),
      localRole: z.enum(roles).default('operator'),
    })
    .prefault({}),
  keep: keep.prefault({}),
  lane: z.array(lane).min(1),
  mes: mes.optional(),
});
export type Station = z.infer<typeof station>;
