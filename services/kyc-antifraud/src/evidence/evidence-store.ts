/** Where sealed files are. Names are made by us; an object is written once and never changed. */
export abstract class EvidenceStore {
  abstract put(name: string, bytes: Buffer): Promise<void>;

  /** Undefined where there is no such object. */
  abstract get(name: string): Promise<Buffer | undefined>;

  abstract remove(name: string): Promise<void>;
}
