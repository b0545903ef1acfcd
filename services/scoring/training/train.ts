import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estimate } from '@millrace/metrics';
import { bestPointsOf } from '../src/scorecard/evaluate-scorecard.js';
import { dataFolderOf } from './config.js';
import { modelCard } from './model-card.js';
import { readFirms } from './read-firms.js';
import { apparentFigures, trainScorecard } from './train-scorecard.js';

const { firms, referenceMonth } = await readFirms(join(dataFolderOf(process.argv), 'sme-invoices'));
const trained = trainScorecard(firms, referenceMonth);
const { scorecard, crossValidation } = trained;
const artefacts = new URL('../scorecards/', import.meta.url);
writeFileSync(new URL(`${scorecard.id}.json`, artefacts), `${JSON.stringify(scorecard, null, 2)}\n`);
writeFileSync(new URL(`${scorecard.id}.model-card.md`, artefacts), modelCard(trained, apparentFigures(trained)));

const { auc, ks } = crossValidation;
console.log(`${scorecard.id} ${scorecard.sha256}`);
const shown = ({ value, low, high }: Estimate): string => `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
console.log(`cross-validated AUC ${shown(auc)}, KS ${shown(ks)}`);
for (const characteristic of scorecard.characteristics) console.log(`  ${characteristic.input}: 0 to ${bestPointsOf(characteristic)} points`);
