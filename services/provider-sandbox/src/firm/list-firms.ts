import { Problem } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { DataSets } from '../data-set/data-sets.js';
import { MAX_FIRMS, type ListFirmsDto } from './firm.dto.js';
import { MadeFirms } from './made-firms.js';
import { firmItem, type FirmItem } from '../profile/sandbox-firm.js';

/** Made firms in the order they were made in, then each data set's in the order of its file; a cursor is a place in one of the two. */
const CURSOR = /^(?:made:(\d{1,18})|data:(\d{1,9}))$/;

export interface FirmPage {
  readonly items: FirmItem[];
  readonly nextCursor: string | null;
}

/** The firms that one may apply as. */
@Injectable()
export class ListFirms {
  constructor(
    private readonly made: MadeFirms,
    private readonly dataSets: DataSets,
  ) {}

  async page({ source, dataSet, cursor = 'made:0', limit = MAX_FIRMS }: ListFirmsDto): Promise<FirmPage> {
    const place = CURSOR.exec(cursor);
    if (!place) {
      const errors = [{ field: 'cursor', message: 'is not one that a page ended with' }];
      throw new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', detail: 'Begin again without a cursor.', errors });
    }
    const [, afterSeq, from = '0'] = place;
    const items: FirmItem[] = [];
    if (afterSeq !== undefined && source !== 'data' && dataSet === undefined) {
      const firms = await this.made.page(afterSeq, limit + 1);
      items.push(...firms.slice(0, limit).map(firmItem));
      if (firms.length > limit) return { items, nextCursor: `made:${firms[limit - 1]!.seq}` };
    }
    if (source === 'generated') return { items, nextCursor: null };
    const wanted = limit - items.length;
    const rest = await this.dataSets.firmsFrom(Number(from), wanted + 1, dataSet);
    items.push(...rest.slice(0, wanted).map(firmItem));
    return { items, nextCursor: rest.length > wanted ? `data:${Number(from) + wanted}` : null };
  }
}
