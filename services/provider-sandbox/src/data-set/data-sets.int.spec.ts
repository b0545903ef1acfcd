import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { processEnvironment } from '@millrace/service';
import { RunningSandbox, type SandboxAnswer } from '../../test/running-sandbox.js';

// Method: the real sandbox on a small folder made here; where LENDING_DATA_DIR is set, the real one too.
const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
const sandbox = new RunningSandbox();
const consentId = randomUUID();

function writeInvoices(directory: string, firmId: string, lines: readonly string[]): Buffer {
  const bytes = gzipSync([HEADER, ...lines].join('\n'));
  writeFileSync(join(directory, 'invoices', `${firmId}.csv.gz`), bytes);
  return bytes;
}

const order = async (uscc: string): Promise<SandboxAnswer['body']> => (await sandbox.put('/v1/invoices/orders', { uscc, consentId })).body;
const itemsOf = async (query: string): Promise<SandboxAnswer['body'][]> => (await sandbox.call('GET', `/sandbox/firms?${query}`)).body.items;

const SALES = [
  'sale,1,2019-03-05,B1,100000.00,13000.00,113000.00,valid',
  'sale,2,2018-04-05,B1,80000.00,10400.00,90400.00,valid',
  'sale,3,2019-09-01,B2,5.00,0.65,5.65,void',
];

beforeAll(async () => {
  mkdirSync(join(folder, 'sme-invoices', 'invoices'), { recursive: true });
  const inner = join(folder, 'sme-invoices');
  writeFileSync(join(inner, 'firms.csv'), 'firm_id,name,rating,defaulted\nA1,***电器有限公司,A,0\nA2,,D,1\nA3,,,\nA4,,,\n');
  writeInvoices(inner, 'A1', SALES);
  writeInvoices(inner, 'A2', ['purchase,9,2020-02-28,S1,7.50,0.50,8.00,valid']);
  writeFileSync(join(inner, 'invoices', 'A4.csv.gz'), 'no gzip and no invoices');
  mkdirSync(join(folder, 'watchlists'));
  const lists = join(folder, 'watchlists');
  writeFileSync(join(lists, 'ofac-sdn-2021.csv.gz'), gzipSync('7,"ÁCME, S.A.",-0- ,"X"\r\n8,"DOE, John",individual,"X"\r\n9,"SEA HORSE",vessel,"X"\r\n'));
  writeFileSync(join(lists, 'ofac-alt-2021.csv.gz'), gzipSync('7,1,"aka","ACME TRADING",-0- \r\n'));
  await sandbox.start({ MILLRACE_SANDBOX_DATA_DIR: folder });
}, 60_000);
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('firms of the folder can apply; the label is in the listing and in no answer of a provider', async () => {
  const items = await itemsOf('source=data');
  expect(items.map(({ firmId, defaulted }) => [firmId, defaulted])).toEqual([
    ['A1', false],
    ['A2', true],
    ['A3', undefined],
    ['A4', undefined],
  ]);
  expect(items[0]).toMatchObject({ source: 'data', dataSet: 'sme-invoices', name: '***电器有限公司', tenorMonths: 12, requestedAmountMinor: '5000000' });
  const { uscc, legalRepresentative, name } = items[1];
  const answers = [
    await sandbox.call('GET', `/v1/registry/companies/${uscc}`),
    await sandbox.put('/v1/identity/verifications', { ...legalRepresentative, uscc }),
    await sandbox.put('/v1/tax/queries', { uscc, consentId }),
    await sandbox.put('/v1/bureau/enterprise-queries', { uscc, consentId }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers[0]!.body).toMatchObject({ name, status: 'active', abnormalListed: false });
  expect(answers[1]!.body).toMatchObject({ nameMatched: true, idMatched: true, phoneMatched: true });
  expect(answers.map(({ text }) => text).join()).not.toMatch(/default|rating/i);
});

test('figures rest on the 12 months up to the folder’s last month', async () => {
  const [first] = await itemsOf('source=data');
  expect((await sandbox.call('GET', '/sandbox/data-sets')).body.items).toEqual([
    { name: 'sme-invoices', directory: folder, firms: 4, referenceMonth: '2020-02' },
  ]);
  const { body } = await sandbox.put('/v1/tax/queries', { uscc: first.uscc, consentId });
  // Sales 100,000 and output VAT 13,000; the profit is held at 15% of sales.
  expect(body).toMatchObject({
    taxPaid12mMinor: '1375000',
    declaredAnnualRevenueMinor: '10000000',
    statement: { cfads12mMinor: '1500000', growthBps: 2500, ownFundsMinor: '500000' },
  });
});

test('a batch is the file as it is; a firm without a file has an empty one, a broken file is refused', async () => {
  const [first, , third, fourth] = await itemsOf('source=data');
  const ordered = await order(first.uscc);
  const bytes = readFileSync(join(folder, 'sme-invoices', 'invoices', 'A1.csv.gz'));
  expect(ordered).toMatchObject({
    invoiceCount: 3,
    firstMonth: '2018-04',
    lastMonth: '2019-09',
    referenceMonth: '2026-02',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const batch = await sandbox.download(ordered.batchId);
  expect([batch.headers.get('content-type'), batch.headers.get('content-length'), batch.bytes.equals(bytes)]).toEqual([
    'application/gzip',
    String(bytes.length),
    true,
  ]);
  expect(await order(third.uscc)).toMatchObject({ invoiceCount: 0, firstMonth: null, lastMonth: null, referenceMonth: '2026-02' });
  expect(await order(fourth.uscc)).toMatchObject({ status: 422, code: 'BATCH_UNREADABLE' });
});

test('a changed file is another batch, and the old one is gone; a file that was only touched is not', async () => {
  const [first] = await itemsOf('source=data');
  const path = join(folder, 'sme-invoices', 'invoices', 'A1.csv.gz');
  const [old, bytes] = [await order(first.uscc), readFileSync(path)];
  utimesSync(path, new Date(), new Date(Date.now() + 5_000));
  expect((await sandbox.download(old.batchId)).status).toBe(200);
  writeInvoices(join(folder, 'sme-invoices'), 'A1', [...SALES, 'sale,4,2020-03-01,B1,1.00,0.13,1.13,valid']);
  const gone = await sandbox.download(old.batchId);
  expect([gone.status, JSON.parse(gone.bytes.toString()).code]).toEqual([410, 'BATCH_GONE']);
  expect(await order(first.uscc)).toMatchObject({ invoiceCount: 4, lastMonth: '2020-03', referenceMonth: '2026-02' });
  writeFileSync(path, bytes);
  expect((await sandbox.download(old.batchId)).status).toBe(200);
  expect((await order(first.uscc)).batchId).toBe(old.batchId);
  expect((await sandbox.call('GET', '/sandbox/data-sets')).body.items[0].referenceMonth).toBe('2020-02');
});

test('OFAC lists of the folder are screened: firms and persons, no ships', async () => {
  const names: [string, string][] = [
    ['company', 'Acme SA'],
    ['company', 'Acme Trading'],
    ['company', 'Trading Acme Ltd.'],
    ['person', 'John Doe'],
    ['company', 'Sea Horse'],
    ['company', 'John Doe'],
  ];
  const { body } = await sandbox.put('/v1/watchlists/screenings', { subjects: names.map(([kind, name]) => ({ kind, name })) });
  expect(body.hits.map(({ subjectIndex, matchScore, listedName }: SandboxAnswer['body']) => [subjectIndex, matchScore, listedName])).toEqual([
    [0, 1, 'ÁCME, S.A.'],
    [1, 0.95, 'ÁCME, S.A.'],
    [2, 0.9, 'ÁCME, S.A.'],
    [3, 0.9, 'DOE, John'],
  ]);
});

test('a folder is loaded at run time, also after a restart; one that cannot be used says why', async () => {
  const other = join(folder, 'other');
  mkdirSync(join(other, 'invoices'), { recursive: true });
  writeFileSync(join(other, 'firms.csv'), '\uFEFFfirm_id\r\nA1\r\n');
  writeInvoices(other, 'A1', SALES);
  const loaded = await sandbox.call('PUT', '/sandbox/data-sets/other', { directory: other });
  expect(loaded.body).toEqual({ name: 'other', directory: other, firms: 1, referenceMonth: '2019-09' });
  const [firm] = await itemsOf('dataSet=other');
  expect(firm.uscc).not.toBe((await itemsOf('dataSet=sme-invoices'))[0].uscc);
  await sandbox.restart();
  expect(await itemsOf('dataSet=other')).toEqual([firm]);
  expect((await itemsOf('source=data&limit=500')).length).toBe(5);
  const load = async (directory: unknown, name = 'bad'): Promise<unknown[]> => {
    const { body } = await sandbox.call('PUT', `/sandbox/data-sets/${name}`, { directory });
    return [body.status, body.code, body.detail];
  };
  expect(await load(join(folder, 'nowhere'))).toEqual([422, 'DATA_SET_UNREADABLE', expect.stringContaining('no firms.csv')]);
  for (const [text, why] of [
    ['name\nx\n', 'no column firm_id'],
    ['firm_id\n../../etc\n', 'no name of a file'],
    ['firm_id\n', 'no firm'],
    ['firm_id\nA\nA\n', 'twice'],
  ] as const) {
    writeFileSync(join(other, 'firms.csv'), text);
    expect(await load(other)).toEqual([422, 'DATA_SET_UNREADABLE', expect.stringContaining(why)]);
  }
  expect((await load(5))[1]).toBe('VALIDATION_FAILED');
  expect((await load(other, 'UPPER'))[1]).toBe('VALIDATION_FAILED');
});

const real = processEnvironment()['LENDING_DATA_DIR'];
const NOT_HERE = 'LENDING_DATA_DIR is not set: give it a folder with the open data sets that docs/provider-contract.md names';
if (!real) process.stderr.write(`\nSKIPPED, the real data sets: ${NOT_HERE}\n\n`);
(real ? test : test.skip)(
  `the real folder: all firms are listed, ordered and downloaded, before and after a restart${real ? '' : ` (skipped, ${NOT_HERE})`}`,
  async () => {
    const own = new RunningSandbox();
    await own.start({ LENDING_DATA_DIR: real! });
    try {
      const { items, nextCursor } = (await own.call('GET', '/sandbox/firms?source=data')).body;
      expect([items.length, nextCursor]).toEqual([282, null]);
      for (const { uscc } of items) {
        const { body } = await own.put('/v1/invoices/orders', { uscc, consentId });
        // F07: the last full month, whatever month the folder ends with.
        expect(body.referenceMonth).toBe('2026-02');
        const { bytes } = await own.download(body.batchId);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.sha256);
      }
      await own.restart();
      expect((await own.call('GET', '/sandbox/firms?source=data')).body.items).toEqual(items);
      const subjects = [
        { kind: 'company', name: 'Aero Caribbean' },
        { kind: 'company', name: 'Aerocaribbean Airlines' },
      ];
      const screened = await own.put('/v1/watchlists/screenings', { subjects });
      expect(screened.body.hits.map(({ matchScore }: SandboxAnswer['body']) => matchScore)).toEqual([0.95, 1]);
    } finally {
      await own.stop();
    }
  },
  240_000,
);
