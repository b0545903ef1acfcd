import type { Clock } from '@millrace/contracts';
import { CLOCK, ConfigError, Database, LOGGER, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ProviderSandboxConfig } from '../config.js';
import type { SandboxFirm } from '../profile/sandbox-firm.js';
import { DataSet, firmsFolder } from './data-set.js';
import { FileInspector } from './file-inspector.js';
import { DataSetUnreadableError } from './read-firm-table.js';

/** Name of the set that the settings name. */
export const SETTINGS_SET = 'sme-invoices';

/** A loaded folder, for the control API. */
export interface DataSetView {
  readonly name: string;
  readonly directory: string;
  readonly firms: number;
  readonly referenceMonth: string | null;
}

async function viewOf(set: DataSet): Promise<DataSetView> {
  return { name: set.name, directory: set.directory, firms: set.firmCount, referenceMonth: await set.referenceMonth() };
}

/** Every data folder that is loaded; those loaded at run time are loaded again after a restart. */
@Injectable()
export class DataSets {
  #sets: Promise<Map<string, DataSet>> | undefined;
  /** Folder of the settings, which may hold watch lists too; undefined where there is none to use. */
  readonly directory: string | undefined;

  constructor(
    config: ProviderSandboxConfig,
    private readonly db: Database,
    private readonly inspector: FileInspector,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.directory = config.sandboxDataDirectory ?? config.lendingDataDirectory;
    if (config.sandboxDataDirectory) this.#refuseUnusable(config.sandboxDataDirectory);
  }

  async byUscc(uscc: string): Promise<SandboxFirm | undefined> {
    return this.#first((set) => set.byUscc(uscc));
  }

  async byLegalRepresentative(idNumber: string): Promise<SandboxFirm | undefined> {
    return this.#first((set) => set.byLegalRepresentative(idNumber));
  }

  async named(name: string): Promise<DataSet | undefined> {
    return (await this.#loaded()).get(name);
  }

  /** Firms of one set or of all, as one list. */
  async firmsFrom(from: number, count: number, name?: string): Promise<SandboxFirm[]> {
    const firms: SandboxFirm[] = [];
    let skipped = 0;
    for (const set of (await this.#loaded()).values()) {
      if (name !== undefined && set.name !== name) continue;
      if (firms.length < count) firms.push(...(await set.slice(Math.max(0, from - skipped), count - firms.length)));
      skipped += set.firmCount;
    }
    return firms;
  }

  async list(): Promise<DataSetView[]> {
    return Promise.all([...(await this.#loaded()).values()].map(viewOf));
  }

  /** Loads a folder under a name, in the place of what the name meant before. */
  async load(name: string, directory: string): Promise<DataSetView> {
    const sets = await this.#loaded();
    let set: DataSet;
    try {
      set = new DataSet(name, directory, this.inspector, this.clock);
    } catch (error) {
      if (!(error instanceof DataSetUnreadableError)) throw error;
      throw new Problem({ status: 422, code: 'DATA_SET_UNREADABLE', title: 'The folder holds no data set that can be read.', detail: error.message });
    }
    const view = await viewOf(set);
    await this.db.query(
      `insert into data_set (name, directory, loaded_at) values ($1, $2, $3)
       on conflict (name) do update set directory = excluded.directory, loaded_at = excluded.loaded_at`,
      [name, directory, this.clock.now()],
    );
    sets.set(name, set);
    return view;
  }

  /** A folder that the sandbox was told to use must be usable; the one for tests and benchmarks may hold other data. */
  #refuseUnusable(directory: string): void {
    try {
      firmsFolder(directory);
    } catch (error) {
      throw new ConfigError(`MILLRACE_SANDBOX_DATA_DIR cannot be used: ${(error as Error).message}`);
    }
  }

  async #first(look: (set: DataSet) => Promise<SandboxFirm | undefined>): Promise<SandboxFirm | undefined> {
    for (const set of (await this.#loaded()).values()) {
      const firm = await look(set);
      if (firm) return firm;
    }
    return undefined;
  }

  #loaded(): Promise<Map<string, DataSet>> {
    this.#sets ??= this.#open().catch((error: unknown) => {
      this.#sets = undefined;
      throw error;
    });
    return this.#sets;
  }

  async #open(): Promise<Map<string, DataSet>> {
    const { rows } = await this.db.query<{ name: string; directory: string }>('select name, directory from data_set order by loaded_at, name');
    const sets = new Map<string, DataSet>();
    // The settings come last, so that they count more than what the same name once meant.
    for (const { name, directory } of [...rows, ...(this.directory ? [{ name: SETTINGS_SET, directory: this.directory }] : [])]) {
      try {
        sets.set(name, new DataSet(name, directory, this.inspector, this.clock));
      } catch (error) {
        this.logger.warn({ dataSet: name, directory, reason: (error as Error).message }, 'a data folder cannot be used and is left out');
      }
    }
    return sets;
  }
}
