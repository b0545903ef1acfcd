import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxFirm } from '../firm/sandbox-firm.js';
import { fileStamp, type FileInspector, type InspectedFile } from './file-inspector.js';
import { makeUpIdentity, makeUpRecord, twelveMonths, type MadeUpIdentity } from './make-up-record.js';
import { DataSetUnreadableError, readFirmTable, type TableFirm } from './read-firm-table.js';

/** Folder inside a data folder that the shared data has its firms in. */
const FIRMS_FOLDER = 'sme-invoices';
/** Reference month of a folder without a single invoice, so that its windows are empty. */
const NO_MONTH = '1970-01';

interface DataFirm extends TableFirm {
  readonly identity: MadeUpIdentity;
  readonly path: string;
}

/** Folder that holds `firms.csv`: the given one, or `sme-invoices` in it; throws {@link DataSetUnreadableError} where neither does. */
export function firmsFolder(directory: string): string {
  const found = [directory, join(directory, FIRMS_FOLDER)].find((folder) => existsSync(join(folder, 'firms.csv')));
  if (!found) throw new DataSetUnreadableError(`There is no firms.csv in ${directory}, nor in ${FIRMS_FOLDER}/ there.`);
  return found;
}

function lastMonthOf(files: Iterable<InspectedFile>): string | null {
  let last: string | null = null;
  for (const { months } of files) for (const month of Object.keys(months)) if (last === null || month > last) last = month;
  return last;
}

/** Firms of one data folder; its files are read when a firm is first asked about. */
export class DataSet {
  readonly #firms: readonly DataFirm[];
  readonly #byUscc: ReadonlyMap<string, DataFirm>;
  readonly #byPerson: ReadonlyMap<string, DataFirm>;
  #files: Promise<Map<string, InspectedFile>> | undefined;
  #lastMonth: string | null | undefined;

  /** Reads `firms.csv`; throws {@link DataSetUnreadableError}. */
  constructor(
    readonly name: string,
    readonly directory: string,
    private readonly inspector: FileInspector,
  ) {
    const folder = firmsFolder(directory);
    this.#firms = readFirmTable(join(folder, 'firms.csv')).map((firm) => ({
      ...firm,
      identity: makeUpIdentity(name, firm.firmId, firm.name),
      path: join(folder, 'invoices', `${firm.firmId}.csv.gz`),
    }));
    this.#byUscc = new Map(this.#firms.map((firm) => [firm.identity.uscc, firm]));
    this.#byPerson = new Map(this.#firms.map((firm) => [firm.identity.legalRepresentative.idNumber, firm]));
  }

  get firmCount(): number {
    return this.#firms.length;
  }

  async byUscc(uscc: string): Promise<SandboxFirm | undefined> {
    const firm = this.#byUscc.get(uscc);
    return firm && this.#sandboxFirm(firm);
  }

  async byLegalRepresentative(idNumber: string): Promise<SandboxFirm | undefined> {
    const firm = this.#byPerson.get(idNumber);
    return firm && this.#sandboxFirm(firm);
  }

  /** In the order of the table. */
  async slice(from: number, count: number): Promise<SandboxFirm[]> {
    return Promise.all(this.#firms.slice(from, from + count).map((firm) => this.#sandboxFirm(firm)));
  }

  /** Last month present in the whole folder (`2020-02`); null where it has no invoice. */
  async referenceMonth(): Promise<string | null> {
    const files = await this.#inspected();
    this.#lastMonth ??= lastMonthOf(files.values());
    return this.#lastMonth;
  }

  /** The invoice file of a firm as it is now, read again where it has changed; undefined where it has none. */
  async fileOf(firmId: string): Promise<InspectedFile | undefined> {
    const firm = this.#firms.find((candidate) => candidate.firmId === firmId);
    return firm && this.#fresh(firm.path);
  }

  async #sandboxFirm({ firmId, identity, path, defaulted }: DataFirm): Promise<SandboxFirm> {
    const file = await this.#fresh(path);
    const year = twelveMonths(file?.months ?? {}, (await this.referenceMonth()) ?? NO_MONTH);
    const record = makeUpRecord(this.name, firmId, identity, year);
    return { firmId, source: 'data', dataSet: this.name, uscc: identity.uscc, record, ...(defaulted === undefined ? {} : { defaulted }) };
  }

  async #inspected(): Promise<Map<string, InspectedFile>> {
    this.#files ??= this.inspector.inspect(this.#firms.map(({ path }) => path)).catch((error: unknown) => {
      this.#files = undefined;
      throw error;
    });
    return this.#files;
  }

  async #fresh(path: string): Promise<InspectedFile | undefined> {
    const files = await this.#inspected();
    const [known, stamp] = [files.get(path), await fileStamp(path)];
    if (known && stamp && known.sizeBytes === stamp.sizeBytes && known.modifiedMs === stamp.modifiedMs) return known;
    if (!known && !stamp) return undefined;
    const now = stamp && (await this.inspector.inspect([path])).get(path);
    this.#lastMonth = undefined;
    if (now) files.set(path, now);
    else files.delete(path);
    return now;
  }
}
