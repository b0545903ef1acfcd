import { ConfigError } from './config.js';
import { BrokenSealError, FieldCipher, isSealed, keyIdOf, type RecordPlace } from './field-cipher.js';
import { oldFormOf, testKey } from '@millrace/testing';

// Goal: what is encrypted opens in its own place alone (SEC-10), and keys can be changed without losing anything or anybody.
const K1 = testKey('k1', 1);
const K2 = testKey('k2', 2);
const PLACE: RecordPlace = { table: 'payee', row: 'a', owners: ['t1', 'app-1'] };

describe('a value', () => {
  const cipher = new FieldCipher(K1);
  const record = cipher.seal(PLACE);
  const value = record.encrypt('account_number', '6222');

  it('is read where it was written, after the record was stored and opened again', () => {
    expect(cipher.open(PLACE, record.wrappedKey).decrypt('account_number', value)).toBe('6222');
    expect([isSealed(value), value.includes('6222')]).toEqual([true, false]);
  });

  it.each([
    ['another column', () => record.decrypt('account_name', value)],
    ['another row', () => cipher.seal({ ...PLACE, row: 'b' }).decrypt('account_number', value)],
    ['another table', () => record.decryptIn({ table: 'applicant_record', column: 'account_number', row: 'a' }, value)],
    ['a row that took the data key along', () => cipher.open({ ...PLACE, row: 'b' }, record.wrappedKey)],
    ['a record that was given to another application', () => cipher.open({ ...PLACE, owners: ['t1', 'app-2'] }, record.wrappedKey)],
    ['a changed value', () => record.decrypt('account_number', `${value.slice(0, -2)}${value.endsWith('AA') ? 'BB' : 'AA'}`)],
    ['an empty value', () => record.decrypt('account_number', '+')],
  ])('SEC-10, R-OP-02: is refused in %s', (_where, read) => {
    expect(read).toThrow(BrokenSealError);
  });

  it('of the old form is read until it is refused for good', () => {
    const reader = new FieldCipher(`${K2},${K1}`);
    const old = reader.open(PLACE, null);
    expect(old.decrypt('account_number', oldFormOf(K1, '6222'))).toBe('6222');
    reader.refuseOldForm();
    expect(() => old.decrypt('account_number', oldFormOf(K1, '6222'))).toThrow(BrokenSealError);
  });
});

describe('keys', () => {
  it('are changed by encrypting the data key anew: the values stay as they are', () => {
    const record = new FieldCipher(K1).seal(PLACE);
    const value = record.encrypt('account_number', '6222');
    const both = new FieldCipher(`${K2},${K1}`);
    const rewrapped = both.rewrap(PLACE, record.wrappedKey);
    expect([keyIdOf(record.wrappedKey), keyIdOf(rewrapped)]).toEqual(['k1', 'k2']);
    expect(new FieldCipher(K2).open(PLACE, rewrapped).decrypt('account_number', value)).toBe('6222');
    expect(() => new FieldCipher(K2).open(PLACE, record.wrappedKey)).toThrow(/no key "k1"/);
  });

  it('find under each other what was indexed before: with its key id, and in the form of before without it', () => {
    const before = new FieldCipher(K1).blindIndex('13900000001');
    const both = new FieldCipher(`${K2},${K1}`);
    const forms = both.blindIndexes('13900000001');
    expect(forms).toEqual(expect.arrayContaining([before, before.slice(3), both.blindIndex('13900000001')]));
    for (const form of forms) expect(both.isIndexOf(form, '13900000001')).toBe(true);
    expect(both.isIndexOf(before, '13900000002')).toBe(false);
    expect(both.isIndexOf('short', '13900000001')).toBe(false);
  });

  it('have fingerprints that tell a key from another under the same id', () => {
    expect(new FieldCipher(K1).fingerprint('k1')).toBe(new FieldCipher(`${K2},${K1}`).fingerprint('k1'));
    expect(new FieldCipher(K1).fingerprint('k1')).not.toBe(new FieldCipher(testKey('k1', 9)).fingerprint('k1'));
  });

  it.each(['', 'k1', 'k1:short', `${K1},`, `${K1},${testKey('k1', 2)}`, testKey('bad.id', 1)])('are refused in one line: %p', (keys) => {
    expect(() => new FieldCipher(keys)).toThrow(ConfigError);
  });
});
