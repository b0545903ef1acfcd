import { Injectable } from '@nestjs/common';
import { notFound } from '@millrace/service';
import { DataSets } from '../data-set/data-sets.js';
import { MadeFirms } from './made-firms.js';
import type { SandboxFirm } from '../profile/sandbox-firm.js';

/** The one way in which every party looks a firm or a person up: made firms first, then those of data folders. */
@Injectable()
export class FindFirm {
  constructor(
    private readonly made: MadeFirms,
    private readonly dataSets: DataSets,
  ) {}

  async byUscc(uscc: string): Promise<SandboxFirm | undefined> {
    return (await this.made.byUscc(uscc)) ?? (await this.dataSets.byUscc(uscc));
  }

  /** As {@link byUscc}; throws 404 where no firm has the code. */
  async knownByUscc(uscc: string): Promise<SandboxFirm> {
    const firm = await this.byUscc(uscc);
    if (!firm) throw notFound('firm');
    return firm;
  }

  /** A firm that this person represents; the one with the code where there are several. */
  async byLegalRepresentative(idNumber: string, uscc?: string): Promise<SandboxFirm | undefined> {
    const firms = await this.made.byLegalRepresentative(idNumber);
    return firms.find((firm) => firm.uscc === uscc) ?? firms[0] ?? (await this.dataSets.byLegalRepresentative(idNumber));
  }
}
