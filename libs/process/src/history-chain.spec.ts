import { EMPTY_CHAIN, firstBrokenRow, sealRow, type HistoryRow, type Seal } from './history-chain.js';

type Sealed = HistoryRow<'applicationId'> & Seal;

function chain(length: number): Sealed[] {
  const rows: Sealed[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const row: HistoryRow<'applicationId'> = {
      applicationId: '0190a000-0000-7000-8000-000000000001',
      seq,
      trigger: 'KycPassed',
      effect: 'moved',
      statusFrom: 'CHECKING',
      statusTo: 'SCORING',
      actor: { kind: 'system', id: 'loan-application' },
      reason: 'KYC_PASSED',
      evidence: { fraudScore: 120, nested: { b: 1, a: '2' } },
      causationId: `event-${seq}`,
      at: new Date(Date.UTC(2026, 2, 2, 0, seq)),
    };
    const prevSha256 = rows.at(-1)?.rowSha256 ?? EMPTY_CHAIN;
    rows.push({ ...row, prevSha256, rowSha256: sealRow(row, prevSha256) });
  }
  return rows;
}

test('R-OP-06: a sound chain has no broken row, whatever order its evidence is stored in', () => {
  const rows = chain(4);
  const reordered = rows.map((row) => ({ ...row, evidence: { nested: { a: '2', b: 1 }, fraudScore: 120 } }));
  expect(firstBrokenRow(reordered, rows.at(-1)!.rowSha256)).toBeUndefined();
});

test('R-OP-06, B4: the first edited row is named', () => {
  const rows = chain(4);
  rows[2] = { ...rows[2]!, reason: 'EDITED' };
  expect(firstBrokenRow(rows, rows.at(-1)!.rowSha256)).toBe(3);
});

test('R-OP-06: rows cut off at the end are missed', () => {
  const rows = chain(4);
  expect(firstBrokenRow(rows.slice(0, 3), rows.at(-1)!.rowSha256)).toBe(4);
});
