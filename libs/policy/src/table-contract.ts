/** What a signal that a table is asked about can hold. Null, for "no source says", is possible besides. */
export type ConditionType =
  | { readonly type: 'boolean' }
  /** A whole number between two others, both included. */
  | { readonly type: 'whole'; readonly least: number; readonly most: number }
  | { readonly type: 'words'; readonly words: readonly string[] };

/** What a row can give: as a signal, or a text. */
export type FieldType = ConditionType | { readonly type: 'text' };

/** An optional output may be left out by a row. */
export type OutputType = FieldType & { readonly optional?: true };

/** What the code that asks a table knows of it: what it gives to the table, and what it can use of an answer; `code` is always among that. */
export interface TableContract<Input extends object, Hit extends object> {
  readonly inputs: Readonly<Record<keyof Input & string, ConditionType>>;
  readonly outputs: Readonly<Record<keyof Hit & string, OutputType>>;
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
