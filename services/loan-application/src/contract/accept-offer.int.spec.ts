import { newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, type Answer, type TestService } from '@millrace/testing';
import { offered, startHub } from '../../test/hub.js';

// Method: the real service on real PostgreSQL; the texts are read over HTTP as a partner reads them.
let hub: TestService;
beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:9');
}, 120_000);
afterAll(() => hub.stop());

/** An offer whose cost sheet was shown, and what accepts it. */
async function open(): Promise<{ applicationId: string; accept: (disclosuresShown?: readonly object[], id?: string) => Promise<Answer> }> {
  const applicationId = await offered(hub);
  const { body: offer } = await hub.call('GET', `/loan-applications/${applicationId}/offer`);
  const acceptance = { offerId: offer.offerId, costSheetAcknowledged: true };
  return {
    applicationId,
    accept: (disclosuresShown, id = newId()) =>
      hub.call('PUT', `/loan-applications/${applicationId}/offer-acceptances/${id}`, PARTNER, { ...acceptance, ...(disclosuresShown && { disclosuresShown }) }),
  };
}

async function pages(): Promise<{ type: string; textVersion: string; textId: string; textSha256: string }[]> {
  const { body } = await hub.call('GET', '/disclosures?language=zh-CN');
  return body.items.map(({ type, textVersion, textId, textSha256 }: Record<string, string>) => ({ type, textVersion, textId, textSha256 }));
}

test('R-AP-12: the hashes of the texts that were shown are kept with the acceptance and sealed in its history', async () => {
  const { applicationId, accept } = await open();
  const shown = await pages();
  const named = shown.map(({ type, textSha256 }) => ({ type, textSha256 }));
  const accepted = await accept(named);
  expect(accepted).toMatchObject({ status: 200, body: { status: 'CONTRACTING', offer: { disclosuresShown: shown } } });
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  const step = history.items.find(({ trigger }: { trigger: string }) => trigger === 'OfferAccepted');
  expect([step.evidence.disclosuresShown, history.firstBrokenRow]).toEqual([shown, null]);
});

test('R-AP-12: an acceptance without hashes is taken as before, and the versions in force are recorded', async () => {
  const { applicationId, accept } = await open();
  expect((await hub.call('GET', `/loan-applications/${applicationId}/offer`)).body.disclosuresShown).toBeNull();
  const { status, body } = await accept();
  expect([status, body.status]).toEqual([200, 'CONTRACTING']);
  const expected = (await pages()).map(({ type, textVersion }) => ({ type, textVersion, textId: null, textSha256: null }));
  expect(body.offer.disclosuresShown).toHaveLength(expected.length);
  expect(body.offer.disclosuresShown).toEqual(expect.arrayContaining(expected));
});

test('R-AP-12: a hash of no text in force is refused with the one that is, accepts nothing, and leaves the id to the corrected request', async () => {
  const { applicationId, accept } = await open();
  const [first, second] = await pages();
  const id = newId();
  const wrong = await accept(
    [
      { type: first!.type, textSha256: first!.textSha256 },
      { type: second!.type, textSha256: first!.textSha256 },
    ],
    id,
  );
  expect(wrong).toMatchObject({ status: 422, body: { code: 'DISCLOSURE_TEXT_NOT_IN_FORCE', errors: [{ field: 'disclosuresShown.1.textSha256' }] } });
  for (const part of [second!.textVersion, second!.textSha256]) expect(wrong.body.detail).toContain(part);
  expect((await hub.call('GET', `/loan-applications/${applicationId}`)).body.status).toBe('OFFERED');
  const right = [{ type: second!.type, textSha256: second!.textSha256 }];
  expect((await accept(right, id)).status).toBe(200);
  expect((await accept(right, id)).status).toBe(200);
});
