import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { settingsOfCase, withCaseAccount } from '../case/settings-of-case.js';
import { DataSets } from '../data-set/data-sets.js';
import { drawUscc } from '../profile/draw-identity.js';
import { drawProfile } from '../profile/draw-profile.js';
import type { GenerateFirmsDto, PutFirmDto } from './firm.dto.js';
import { contradictionOf, withSettings, type FirmProfile } from '../profile/firm-profile.js';
import { MadeFirms, type MadeFirm } from './made-firms.js';
import { DEFAULT_MIX, type Mix } from '../profile/mixes.js';
import { SeededDraw } from '../profile/seeded-draw.js';

/** A firm about to be kept. */
interface NewFirm {
  readonly firmId: string;
  readonly uscc: string;
  readonly mix: Mix;
  readonly seed: string;
  readonly profile: FirmProfile;
}

const INSERT_FIRMS = `
insert into firm (firm_id, uscc, legal_representative_id_number, listed, mix, seed, profile, created_at, updated_at)
select f->>'firmId', f->>'uscc', f #>> '{profile,legalRepresentative,idNumber}', (f->>'listed')::boolean, f->>'mix', f->>'seed', f->'profile', $2, $2
from jsonb_array_elements($1) with ordinality as given(f, at) order by at
on conflict do nothing returning firm_id`;

const isListed = ({ watchlists, legalRepresentativeWatchlists }: FirmProfile): boolean => watchlists.length + legalRepresentativeWatchlists.length > 0;
const refused = (code: string, title: string, detail: string): Problem => new Problem({ status: 422, code, title, detail });

function refuseContradiction(profile: FirmProfile): void {
  const contradiction = contradictionOf(profile);
  if (contradiction) throw refused('PROFILE_CONTRADICTORY', 'No firm can be like this.', contradiction);
}

/** Makes firms, and changes them. */
@Injectable()
export class MakeFirms {
  constructor(
    private readonly db: Database,
    private readonly firms: MadeFirms,
    private readonly dataSets: DataSets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The firms `gen-<seed>-<n>`; those that are there stay as they are, so the same call gives the same firms. */
  async generate({ seed, count, mix }: GenerateFirmsDto): Promise<MadeFirm[]> {
    const today = businessDate(this.clock.now());
    const wanted = Array.from({ length: count }, (_, at): NewFirm => {
      const firmId = `gen-${seed}-${at + 1}`;
      const drawn = mix ?? new SeededDraw(`${firmId}/mix`).weighted(DEFAULT_MIX);
      return { firmId, uscc: drawUscc(new SeededDraw(`${firmId}/uscc`)), mix: drawn, seed: firmId, profile: drawProfile({ mix: drawn, seed: firmId, today }) };
    });
    await this.#insert(wanted);
    const kept = new Map((await this.firms.byIds(wanted.map(({ firmId }) => firmId))).map((firm) => [firm.firmId, firm]));
    return wanted.map(({ firmId, mix: asked }) => {
      const firm = kept.get(firmId);
      if (!firm) throw refused('USCC_TAKEN', 'Another firm has a code of this seed.', 'Choose another seed.');
      if (firm.mix !== asked) throw idReused('mix of firms');
      return firm;
    });
  }

  /** Makes the firm, or changes what is given; its identifiers stay. */
  async put(firmId: string, body: PutFirmDto): Promise<{ created: boolean; firm: MadeFirm }> {
    const known = await this.firms.byId(firmId);
    if (known) return { created: false, firm: await this.#change(known, body) };
    const { mix, seed, uscc, case: caseId, ...given } = body;
    const drawn = seed === undefined ? firmId : String(seed);
    const chosen = mix ?? 'healthy';
    const settings = settingsOfCase(caseId, given);
    const profile = withCaseAccount(drawProfile({ mix: chosen, seed: drawn, today: businessDate(this.clock.now()), settings }), caseId, given);
    refuseContradiction(profile);
    const code = uscc ?? drawUscc(new SeededDraw(`${firmId}/uscc`));
    if (await this.dataSets.byUscc(code)) throw refused('USCC_TAKEN', 'A firm of a data folder has this code.', 'Choose another code.');
    const created = (await this.#insert([{ firmId, uscc: code, mix: chosen, seed: drawn, profile }])) > 0;
    const firm = await this.firms.byId(firmId);
    if (!firm) throw refused('USCC_TAKEN', 'Another firm has this code.', 'Choose another code.');
    return { created, firm };
  }

  async #insert(firms: readonly NewFirm[]): Promise<number> {
    const rows = firms.map((firm) => ({ ...firm, listed: isListed(firm.profile) }));
    const { rowCount } = await this.db.query(INSERT_FIRMS, [JSON.stringify(rows), this.clock.now()]);
    return rowCount ?? 0;
  }

  async #change(known: MadeFirm, { mix = known.mix, seed, uscc = known.uscc, case: caseId, ...given }: PutFirmDto): Promise<MadeFirm> {
    if (uscc !== known.uscc) throw refused('IDENTIFIER_FIXED', 'The code of a firm stays as it was made.', `Leave uscc out, or send ${known.uscc}.`);
    if (mix !== known.mix || (seed !== undefined && String(seed) !== known.seed))
      throw refused('DRAW_FIXED', 'A firm is drawn once, when it is made.', 'Set the fields that are to be different, or make another firm.');
    const profile = withCaseAccount(withSettings(known.record, settingsOfCase(caseId, given)), caseId, given);
    refuseContradiction(profile);
    await this.db.query('update firm set profile = $2, legal_representative_id_number = $3, listed = $4, updated_at = $5 where firm_id = $1', [
      known.firmId,
      JSON.stringify(profile),
      profile.legalRepresentative.idNumber,
      isListed(profile),
      this.clock.now(),
    ]);
    return { ...known, record: profile };
  }
}
