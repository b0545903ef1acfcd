import { isValidResidentId, isValidUscc } from '@millrace/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fateOf } from '../bank/account-rules.js';
import { drawPerson, drawUscc } from './draw-identity.js';
import { drawProfile, lastFullMonth } from './draw-profile.js';
import { PutFirmDto } from '../firm/firm.dto.js';
import { contradictionOf, withSettings } from './firm-profile.js';
import { FRAUD_PATTERNS, MIXES } from './mixes.js';
import { SeededDraw } from './seeded-draw.js';

const TODAY = '2026-03-02';
const many = Array.from({ length: 200 }, (_, at) => `seed-${at}`);

test('drawn identifiers are valid, of regions that nobody uses, and the bank pays drawn accounts', () => {
  for (const seed of many) {
    const [uscc, { idNumber, mobile }] = [drawUscc(new SeededDraw(seed)), drawPerson(new SeededDraw(seed))];
    expect([isValidUscc(uscc), uscc.slice(2, 8)]).toEqual([true, '990100']);
    expect([isValidResidentId(idNumber), idNumber.slice(0, 6)]).toEqual([true, '990101']);
    expect(mobile).toMatch(/^199\d{8}$/);
  }
});

test.each(MIXES)('every %s firm is complete, without contradiction, and could be sent back as it is', (mix) => {
  for (const seed of many) {
    const profile = drawProfile({ mix, seed, today: TODAY });
    expect(contradictionOf(profile)).toBeUndefined();
    expect(validateSync(plainToInstance(PutFirmDto, profile), { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
    expect(profile).toMatchObject({ referenceMonth: '2026-02', region: '990100' });
    expect(profile.name).toMatch(/^[\u4e00-\u9fff]{4,}有限公司$/);
    expect(profile.legalRepresentative.name).toMatch(/^[\u4e00-\u9fff]{2,3}$/);
    expect(profile.establishedOn <= TODAY).toBe(true);
    expect(fateOf(profile.bankAccount.accountNumber).status).toBe('paid');
    expect(Number(profile.requestedAmountMinor) % 1_000_000).toBe(0);
  }
});

test('R-CA-01: a seed gives one firm, and what is set moves what depends on it and nothing else', () => {
  const drawn = drawProfile({ mix: 'healthy', seed: 'x', today: TODAY });
  expect(drawProfile({ mix: 'healthy', seed: 'x', today: TODAY })).toEqual(drawn);
  const set = drawProfile({ mix: 'healthy', seed: 'x', today: TODAY, settings: { revenue12mMinor: '480000000', totalDebtMinor: '20000000', name: '样例' } });
  expect(Math.abs(Number(set.declaredRevenueMinor) / 480_000_000 - 1)).toBeLessThanOrEqual(0.021);
  expect(BigInt(set.unsecuredDebtMinor)).toBeLessThanOrEqual(20_000_000n);
  expect(set.bankAccount).toEqual({ ...drawn.bankAccount, accountName: '样例' });
  expect(set.legalRepresentative).toEqual(drawn.legalRepresentative);
  const young = drawProfile({ mix: 'healthy', seed: 'x', today: TODAY, settings: { establishedOn: '2024-10-02' } });
  expect(young).toMatchObject({ historyMonths: 17, legalRepresentativeSince: '2024-10-02' });
});

test('a fraudulent firm has one of the patterns, and every pattern comes up', () => {
  const marks = new Set(
    many.map((seed) => JSON.stringify(difference(drawProfile({ mix: 'healthy', seed, today: TODAY }), drawProfile({ mix: 'fraudulent', seed, today: TODAY })))),
  );
  expect(marks.size).toBe(FRAUD_PATTERNS.length);
});

/** Fields that differ between two profiles. */
function difference(one: object, other: object): string[] {
  const rest = Object.entries(one);
  return Object.entries(other).flatMap(([field, value]) =>
    JSON.stringify(rest.find(([name]) => name === field)?.[1]) === JSON.stringify(value) ? [] : [field],
  );
}

test('settings of a part keep the rest of it, null takes a statement away, and parts of a new one start from nothing', () => {
  const profile = drawProfile({ mix: 'healthy', seed: 'x', today: TODAY });
  const changed = withSettings(profile, { legalRepresentative: { mobile: '13900000000' }, statement: null });
  expect(changed).toEqual({ ...profile, legalRepresentative: { ...profile.legalRepresentative, mobile: '13900000000' }, statement: null });
  expect(withSettings(changed, { statement: { growthBps: 5 } }).statement).toMatchObject({ growthBps: 5, cfads12mMinor: '0' });
});

test('the last full month is the one before, also in January', () => {
  expect([lastFullMonth('2026-03-02'), lastFullMonth('2026-01-31'), lastFullMonth('2026-03-31')]).toEqual(['2026-02', '2025-12', '2026-02']);
});
