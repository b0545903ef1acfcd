import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { startHub, submit } from '../../test/hub.js';
import { consentsOf, submission } from '../../test/submission.js';

// Method: the real service on real PostgreSQL; texts are read and named over HTTP as the gateway does it.
const PROVIDERS = 'http://127.0.0.1:9';
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(PROVIDERS);
}, 120_000);
afterAll(() => hub.stop());

test('T05: what a product requires has texts, and a consent to one of them is recorded as given to the lender’s words', async () => {
  const { body: products } = await hub.call('GET', '/products');
  const { requiredConsents, requiredDisclosures } = products.items[0];
  const { body: texts } = await hub.call('GET', '/consent-texts?language=zh-CN');
  const { body: pages } = await hub.call('GET', '/disclosures?language=en');
  expect(texts.lender).toEqual({ name: 'Millrace Lending', uscc: '91990100MA0LENDER2' });
  expect(texts.items.map(({ type }: { type: string }) => type)).toEqual(requiredConsents);
  expect(pages.items.map(({ type }: { type: string }) => type).sort()).toEqual([...requiredDisclosures].sort());
  const named = consentsOf(hub.clock.now()).map((consent, at) => {
    const { textVersion, textSha256 } = texts.items[at];
    return at === 8 ? consent : { ...consent, textVersion, textSha256 };
  });
  const applicationId = await submit(hub, { consents: named });
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}/consents`, RISK_OFFICER);
  expect(body.items.map(({ textOrigin }: { textOrigin: string }) => textOrigin)).toEqual([...Array<string>(8).fill('lender'), 'partner']);
  expect(body.items[0]).toMatchObject({ type: 'C1', textId: 'consent-C1.v1.zh-CN', textVersion: 'consent-C1.v1', consentId: named[0]!.consentId });
  expect(body.items[8]).toMatchObject({ type: 'C9', textId: null, textVersion: 'v1' });
  expect((await hub.call('GET', `/loan-applications/${applicationId}/consents`, OTHER_PARTNER)).status).toBe(404);
});

test('a published version with another hash is refused, with what to send, and nothing is kept', async () => {
  const [first, ...rest] = consentsOf(hub.clock.now());
  const id = newId();
  const consents = [{ ...first!, textVersion: 'consent-C1.v1' }, ...rest];
  expect(await hub.call('PUT', `/loan-applications/${id}`, undefined, submission({ consents }))).toMatchObject({
    status: 422,
    body: { code: 'CONSENT_TEXT_CHANGED', errors: [{ field: 'consents.0.textSha256' }] },
  });
  expect((await hub.call('GET', `/loan-applications/${id}`)).status).toBe(404);
});

test.each(['language=fr', `type=${'x'.repeat(41)}`, 'colour=red'])('a bad query is told: %s', async (query) => {
  expect(await hub.call('GET', `/consent-texts?${query}`)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
});
