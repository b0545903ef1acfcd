import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;
type Search = Parameters<Storage['getTargetValidationMetadatas']>;

/**
 * Makes class-validator remember the rules of each class. It otherwise looks through every class of the process for every object that it checks;
 * decorators have all run when the first object of their class exists, so the answer is always the same.
 */
export function keepValidationRules(storage: Storage = getMetadataStorage()): void {
  const search = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  const found = new WeakMap<Search[0], Map<string, Rules>>();
  const grouped = new WeakMap<Rules, ReturnType<Storage['groupByPropertyName']>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    const kinds = found.get(target) ?? new Map<string, Rules>();
    found.set(target, kinds);
    const kind = JSON.stringify([schema, always, strictGroups, groups]);
    const rules = kinds.get(kind) ?? search(target, schema, always, strictGroups, groups);
    kinds.set(kind, rules);
    return rules;
  };
  storage.groupByPropertyName = (rules) => {
    const known = grouped.get(rules) ?? group(rules);
    grouped.set(rules, known);
    return known;
  };
}
