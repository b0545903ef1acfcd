import { createHash } from 'node:crypto';
import { newId } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { PARTNER, staff } from '@millrace/testing';
import { bookLate, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { writeLetter, type LetterDraft, type WrittenLetter } from './write-letter.js';

// Goal (R-PL-06): what is written to a borrower is kept word for word, once, and is read by those whom it concerns. Method: the real service.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
});

const ARREARS = { contractId: newId(), writtenOn: '2026-06-02', dueOn: '2026-04-02', dpd: '61', arrearsYuan: '51736.44' };
const ownedLoan = async (): Promise<OwnedLoan> => {
  const tenantId = newTenant();
  return { tenantId, loanId: await bookLate(monitoring, tenantId) };
};
const write = (loan: OwnedLoan, draft: LetterDraft): Promise<WrittenLetter> =>
  runnerOf(monitoring).run({ actor: { kind: 'system', id: 'test' }, causationId: newId() }, (tx) => writeLetter(tx, loan, draft, monitoring.test.clock.now()));
const demand = ({ loanId }: OwnedLoan, arrearsYuan = ARREARS.arrearsYuan) =>
  ({
    kind: 'demand_letter',
    about: 'case-1',
    writtenOn: ARREARS.writtenOn,
    values: { ...ARREARS, loanId, arrearsYuan, outstandingYuan: '300000.00' },
  }) as const;
const get = (path: string, tenantId: string, by: Principal) => monitoring.test.call('GET', `/loans/${path}`, { ...by, tenantId });

test('R-PL-06: a letter is written once, with its text, its hash and its English', async () => {
  const loan = await ownedLoan();
  const [first, again] = [await write(loan, demand(loan)), await write(loan, demand(loan, '1.00'))];
  expect([first.isNew, again]).toEqual([true, { ...first, isNew: false }]);
  const { body } = await get(`${loan.loanId}/letters/${first.letterId}`, loan.tenantId, PARTNER);
  expect(body).toMatchObject({
    kind: 'demand_letter',
    party: 'debtor',
    guaranteeId: null,
    language: 'zh-CN',
    templateVersion: 'demand-letter.v1',
    delivery: null,
    writtenOn: '2026-06-02',
  });
  expect(body.text).toContain('已逾期 61 天');
  expect(body.text).toContain('51736.44');
  expect(body.translation).toMatchObject({ language: 'en', binding: false, originalSha256: body.textSha256, text: expect.stringContaining('61 days late') });
  expect(createHash('sha256').update(body.text, 'utf8').digest('hex')).toBe(body.textSha256);
});

test('R-PL-06: a partner reads what was written to its borrower and not to a guarantor; another lender finds nothing', async () => {
  const [loan, other] = [await ownedLoan(), await ownedLoan()];
  const guaranteeId = newId();
  const { letterId } = await write(loan, demand(loan));
  await write(other, demand(other));
  const values = { ...ARREARS, loanId: loan.loanId, guaranteeId, limitYuan: '300000.00', lapsesOn: '2027-09-02' };
  const toGuarantor = await write(loan, { kind: 'guarantor_notice', about: guaranteeId, guaranteeId, writtenOn: ARREARS.writtenOn, values });
  const idsFor = async (by: Principal): Promise<string[]> =>
    (await get(`${loan.loanId}/letters`, loan.tenantId, by)).body.items.map((one: { letterId: string }) => one.letterId);
  const cora = staff('cora', 'collector');
  expect(await idsFor(PARTNER)).toEqual([letterId]);
  expect(await idsFor(cora)).toEqual([letterId, toGuarantor.letterId]);
  expect((await get(`${loan.loanId}/letters/${toGuarantor.letterId}`, loan.tenantId, PARTNER)).status).toBe(404);
  expect((await get(`${loan.loanId}/letters`, other.tenantId, cora)).status).toBe(404);
  expect((await get(`${other.loanId}/letters/${letterId}`, other.tenantId, cora)).status).toBe(404);
  const page = (await get(`${loan.loanId}/letters?limit=1`, loan.tenantId, cora)).body;
  expect((await get(`${loan.loanId}/letters?cursor=${page.nextCursor}`, loan.tenantId, cora)).body.items).toMatchObject([{ letterId: toGuarantor.letterId }]);
});
