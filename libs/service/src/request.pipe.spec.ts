import type { ArgumentMetadata } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Problem } from './problem.js';
import { RequestPipe } from './request.pipe.js';

class Consent {
  @IsString() @IsNotEmpty() @MaxLength(40) type!: string;
}
class Company {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
}
class Application {
  @IsString() @IsNotEmpty() @MaxLength(64) productCode!: string;
  @IsInt() tenorMonths!: number;
  @IsObject() @ValidateNested() @Type(() => Company) company!: Company;
  @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => Consent) consents!: Consent[];
  @IsArray() @ArrayMaxSize(3) @IsString({ each: true }) disclosures!: string[];
  @IsOptional() @IsObject() open?: object;
}

const good = { productCode: 'a', tenorMonths: 12, company: { name: '样例' }, consents: [{ type: 'C1' }], disclosures: ['x'] };
const pipe = new RequestPipe();
const BODY: ArgumentMetadata = { type: 'body', metatype: Application };

async function refusal(value: unknown, metadata = BODY): Promise<{ fields: string[]; omitted: number; bytes: number; code: string; messages: string[] }> {
  try {
    await pipe.transform(value, metadata);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { errors = [], extensions = {} } = error.details;
    return {
      code: error.code,
      fields: errors.map(({ field }) => field),
      messages: errors.map(({ message }) => message),
      omitted: (extensions['errorsOmitted'] as number | undefined) ?? 0,
      bytes: Buffer.byteLength(JSON.stringify(error.details)),
    };
  }
  throw new Error('the request was taken');
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

test('a good request becomes an instance of its class, all the way down', async () => {
  const request = (await pipe.transform({ ...good, open: { any: ['thing', { goes: 1 }] } }, BODY)) as Application;
  expect(request).toBeInstanceOf(Application);
  expect(request.company).toBeInstanceOf(Company);
  expect(request.consents[0]).toBeInstanceOf(Consent);
  expect({ ...request, company: { ...request.company }, consents: request.consents.map((consent) => ({ ...consent })) }).toEqual({
    ...good,
    open: { any: ['thing', { goes: 1 }] },
  });
});

test('what is wrong is named, all of it, once each', async () => {
  const { fields, code } = await refusal({ productCode: 7, company: { name: '', colour: 'red' }, consents: [{}], disclosures: [1], hue: 1 });
  expect(code).toBe('VALIDATION_FAILED');
  expect([...new Set(fields)].sort()).toEqual(['company.colour', 'company.name', 'consents.0.type', 'disclosures', 'hue', 'productCode', 'tenorMonths']);
});

describe('SEC-1: limits before work', () => {
  /** An object that counts how often anything is asked of it. */
  function watched(): { item: object; looks: () => number } {
    let count = 0;
    const look = <T>(answer: T): T => (count++, answer);
    const item = new Proxy({}, { get: () => look(undefined), ownKeys: () => look([]), getPrototypeOf: () => look(null), has: () => look(false) });
    return { item, looks: () => count };
  }

  test('no item of a list that is too long is looked at', async () => {
    const { item, looks } = watched();
    for (const field of ['consents', 'disclosures']) {
      const { fields, messages } = await refusal({ ...good, [field]: times(340_000, () => item) });
      expect({ fields, messages }).toEqual({ fields: [field], messages: [`must contain no more than ${field === 'consents' ? 20 : 3} elements`] });
    }
    expect(looks()).toBe(0);
  });

  test('a list in the place of an object is refused unseen', async () => {
    const { item, looks } = watched();
    expect((await refusal({ ...good, company: times(300_000, () => item) })).fields).toEqual(['company']);
    expect(looks()).toBe(0);
  });

  test('nothing of an unknown field is looked at', async () => {
    const { item, looks } = watched();
    expect((await refusal({ ...good, company: { name: 'a', more: times(1_000, () => item) } })).fields).toEqual(['company.more']);
    expect(looks()).toBe(0);
  });

  test.each<[string, unknown]>([
    ['on top', { ...good, ...Object.fromEntries(times(60_000, (at) => [`k${at}`, 1])) }],
    ['inside', { ...good, company: { name: 'a', ...Object.fromEntries(times(60_000, (at) => [`k${at}`, 1])) } }],
    ['in an item of a list', { ...good, consents: [{ type: 'C1', ...Object.fromEntries(times(60_000, (at) => [`k${at}`, 1])) }] }],
  ])('of 60,000 unknown fields %s 50 are listed and the others counted', async (_, body) => {
    const { fields, omitted, bytes } = await refusal(body);
    expect(fields).toHaveLength(50);
    expect(omitted).toBe(59_950);
    expect(bytes).toBeLessThan(20_000);
  });

  test('every item of a full list may be wrong, and 50 errors are answered', async () => {
    const { fields, omitted, bytes } = await refusal({ ...good, consents: times(20, () => ({ a: 1, b: 2, c: 3 })) });
    expect(fields).toHaveLength(50);
    expect(omitted).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(20_000);
  });

  test.each<[string, unknown]>([
    ['a key of a megabyte', { ...good, ['x'.repeat(1_000_000)]: 1 }],
    [
      'keys that are no words',
      { ...good, '': 1, 'a.b': 1, '\ud800': 1, '\u0000': 1, ...Object.fromEntries(times(40, (at) => ['\u0001'.repeat(5_000) + at, 1])) },
    ],
    ['a text of a megabyte', { ...good, productCode: 'x'.repeat(1_000_000) }],
    ['a megabyte of combining marks', { ...good, company: { name: '\u0301'.repeat(500_000) } }],
    ['texts of a megabyte in a list', { ...good, disclosures: times(3, () => '\ud800'.repeat(300_000)) }],
    ['a number beyond all', { ...good, tenorMonths: Number('1'.repeat(400)) }],
    ['an object of any form with 100,000 values', { ...good, open: { a: times(100_000, () => []) } }],
    ['an object of any form with 100,000 keys', { ...good, open: Object.fromEntries(times(100_000, (at) => [`k${at}`, {}])) }],
  ])('the answer to %s is small', async (_, body) => {
    const { fields, bytes } = await refusal(body);
    expect(bytes).toBeLessThan(60_000);
    for (const field of fields) {
      expect(field.length).toBeGreaterThan(0);
      expect(field.length).toBeLessThanOrEqual(200);
      expect(field.isWellFormed()).toBe(true);
    }
  });
});

describe('F12: a text that no one can read or store is refused on its field', () => {
  test.each<[string, object]>([
    ['productCode', { productCode: '甲\ud800公司' }],
    ['company.name', { company: { name: '\u200b' } }],
    ['consents.1.type', { consents: [{ type: 'C1' }, { type: 'C\u00002' }] }],
    ['disclosures.0', { disclosures: ['\udc00'] }],
    ['open.a.0.b', { open: { a: [{ b: '\u0007' }] } }],
  ])('%s', async (field, change) => {
    const { code, fields } = await refusal({ ...good, ...change });
    expect(code).toBe('VALIDATION_FAILED');
    expect(fields[0]).toBe(field);
  });
});

test.each([undefined, null, [], 'text', 7, true])('a body that is %j is no object', async (body) => {
  expect((await refusal(body)).fields).toEqual(['body']);
});
