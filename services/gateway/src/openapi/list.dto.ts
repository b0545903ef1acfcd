import { CursorField, DayField, InstantField, QueryWholeField } from './fields.js';

/** What every list of applications or loans may be asked for; filters combine. */
export class ListQueryDto {
  @DayField({ optional: true, description: 'First business day (Asia/Shanghai).', example: '2026-03-01' }) from?: string;
  @DayField({ optional: true, description: 'Last business day; it belongs to the range.', example: '2026-03-31' }) to?: string;
  @InstantField({
    optional: true,
    description: 'What has changed at this instant or later: `nextUpdatedSince` of an earlier answer.',
    example: '2026-03-02T01:00:00.000Z',
  })
  updatedSince?: string;
  @CursorField({ optional: true, description: '`nextCursor` of the page before, with the same filters.' }) cursor?: string;
  @QueryWholeField(1, 200, { optional: true, example: 50, description: '50 where it is not given.' }) limit?: string;
}

/** What comes with the rows of a page. */
export class ListPageDto {
  @CursorField({ nullable: true, description: 'Send it as `cursor` to get the next page; null on the last one.' }) nextCursor!: string | null;
  @InstantField({ description: 'Send it as `updatedSince` in the next look, and no change is missed; a few seconds are told twice. The same on every page.' })
  nextUpdatedSince!: string;
}
