import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { businessDate, type Clock } from '@millrace/contracts';
import { lastFullMonthBefore } from '@millrace/invoices';
import type { SandboxFirm } from '../profile/sandbox-firm.js';
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

/** Firms of a folder end at different times; its data end where at least one in so many of them still has an invoice. */
const SHARED_BY_ONE_IN = 10;

/** Month with which the data end; a month that has not come, and one that hardly any firm has, are typing errors (F07). */
function lastMonthOf(files: readonly InspectedFile[], presentMonth: string): string | null {
  const firms = new Map<string, number>();
  for (const { months } of files) {
    for (const month of Object.keys(months)) if (month <= presentMonth) firms.set(month, (firms.get(month) ?? 0) + 1);
  }
  const withInvoices = files.filter(({ months }) => Object.keys(months).length > 0).length;
  const shared = [...firms].filter(([, count]) => count * SHARED_BY_ONE_IN >= withInvoices).map(([month]) => month);
  return shared.sort().at(-1) ?? [...firms.keys()].sort().at(-1) ?? null;
}

/** Firms of one data folder; its files are read when a firm is first asked about. */
export class DataSet {
  readonly #firms: readonly DataFirm[];
  readonly #byUscc: ReadonlyMap<string, DataFirm>;
  readonly #byPerson: ReadonlyMap<string, DataFirm>;
  #files: Promise<Map<string, InspectedFile>> | undefined;
  /** Where the data end, as of a month; unknown again where a file has changed. */
  #end: { readonly asOf: string; readonly month: string | null } | undefined;

  /** Reads `firms.csv`; throws {@link DataSetUnreadableError}. */
  constructor(
    readonly name: string,
    readonly directory: string,
    private readonly inspector: FileInspector,
    private readonly clock: Clock,
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

  /** Month with which the data of the folder end (`2020-02`); null where it has no invoice. It ends no firm's window: that is the last full month. */
  async referenceMonth(): Promise<string | null> {
    const files = await this.#inspected();
    const asOf = businessDate(this.clock.now()).slice(0, 7);
    if (this.#end?.asOf !== asOf) this.#end = { asOf, month: lastMonthOf([...files.values()], asOf) };
    return this.#end.month;
  }

  /** The invoice file of a firm as it is now, read again where it has changed; undefined where it has none. */
  async fileOf(firmId: string): Promise<InspectedFile | undefined> {
    const firm = this.#firms.find((candidate) => candidate.firmId === firmId);
    return firm && this.#fresh(firm.path);
  }

  async #sandboxFirm({ firmId, identity, path, defaulted }: DataFirm): Promise<SandboxFirm> {
    const file = await this.#fresh(path);
    // Figures of a firm whose data end long ago are those of its last year, so that it still is a firm.
    const [end, lastFull] = [(await this.referenceMonth()) ?? NO_MONTH, lastFullMonthBefore(businessDate(this.clock.now()))];
    const year = twelveMonths(file?.months ?? {}, end < lastFull ? end : lastFull);
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
    this.#end = undefined;
    if (now) files.set(path, now);
    else files.delete(path);
    return now;
  }
}
