import { getMetadataStorage, IsInt, IsString, MetadataStorage, validateSync } from 'class-validator';
import { keepValidationRules } from './keep-validation-rules.js';

class Named {
  @IsString() name: unknown = 'n';
}

class Counted extends Named {
  @IsInt() count: unknown = 1;
  @IsInt({ groups: ['strict'] }) grouped: unknown = 1;
}

/** A storage that knows all rules, and keeps none yet. */
function storageWithRules(): MetadataStorage {
  const data = Object.entries(getMetadataStorage()).filter(([, value]) => typeof value !== 'function');
  return Object.assign(new MetadataStorage(), Object.fromEntries(data));
}

const rulesOf = (storage: MetadataStorage, groups?: string[]): string[] =>
  storage.getTargetValidationMetadatas(Counted, '', false, true, groups).map(({ propertyName, name }) => `${propertyName} ${name}`);

test('a storage that keeps its rules answers as it did before, with inherited rules and for each choice of groups', () => {
  const plain = storageWithRules();
  const [without, withGroup] = [rulesOf(plain), rulesOf(plain, ['strict'])];
  expect(without).toEqual(['count isInt', 'name isString']);
  expect(withGroup).not.toEqual(without);
  keepValidationRules(plain);
  for (let time = 0; time < 2; time++) {
    expect(rulesOf(plain)).toEqual(without);
    expect(rulesOf(plain, ['strict'])).toEqual(withGroup);
  }
});

test('the rules of a class are looked for once', () => {
  const storage = storageWithRules();
  const search = storage.getTargetValidationMetadatas.bind(storage);
  let searches = 0;
  storage.getTargetValidationMetadatas = (...of) => {
    searches++;
    return search(...of);
  };
  keepValidationRules(storage);
  for (let time = 0; time < 3; time++) rulesOf(storage);
  expect(searches).toBe(1);
});

test('an object is still checked by its own class and by the one it inherits from', () => {
  const broken = Object.assign(new Counted(), { name: 1, count: 'x' });
  for (let time = 0; time < 2; time++) expect(validateSync(broken).map(({ property }) => property)).toEqual(['count', 'name']);
  expect(validateSync(new Named())).toEqual([]);
});
