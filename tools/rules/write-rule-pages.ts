import { writeFileSync } from 'node:fs';
import { listFiles } from '../source-tree.js';
import { CitationIndex } from './citations.js';
import { Register } from './register.js';
import { RulePages } from './rule-pages.js';

const register = new Register();
const known = new Set(register.codes);
const pages = new RulePages(register, new CitationIndex(listFiles(), (code) => known.has(code))).render();
for (const [path, text] of Object.entries(pages)) writeFileSync(new URL(`../../${path}`, import.meta.url), text);
