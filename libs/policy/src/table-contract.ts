/** What a field of a decision table can hold. Null, for "no source says", is possible for every input besides. */
export type FieldType =
  | { readonly type: 'boolean' }
  /** A whole number between two others, both included. */
  | { readonly type: 'whole'; readonly least: number; readonly most: number }
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'text' };

/** What the code that asks a table knows of it: what it gives to the table, and what it can use of an answer. */
export interface TableContract<Input extends object, Hit extends object> {
  readonly inputs: Readonly<Record<keyof Input & string, FieldType>>;
  /** An optional output may be left empty by a rule. */
  readonly outputs: Readonly<Record<keyof Hit & string, FieldType & { readonly optional?: true }>>;
}

/** Any contract, for code that treats all tables alike. */
export type AnyContract = TableContract<Record<string, unknown>, Record<string, unknown>>;

/** Whether a value is one that the type can hold. */
export function fits(value: unknown, field: FieldType): boolean {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'whole':
      return Number.isInteger(value) && (value as number) >= field.least && (value as number) <= field.most;
    case 'words':
      return field.words.includes(value as string);
    case 'text':
      return typeof value === 'string' && value !== '';
  }
}

/** What the type can hold, for the person who has to mend a value. */
export function saidType(field: FieldType): string {
  switch (field.type) {
    case 'boolean':
      return 'true or false';
    case 'whole':
      return `a whole number from ${field.least} to ${field.most}`;
    case 'words':
      return `one of ${field.words.join(', ')}`;
    case 'text':
      return 'a text';
  }
}
