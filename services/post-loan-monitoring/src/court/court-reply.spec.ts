import { newId } from '@millrace/contracts';
import { readReply, STAGE_OF_NEWS } from './court-reply.js';

const NEWS = { newsId: newId(), caseNumber: '(2026)沪74民初1号', kind: 'judgment', on: '2026-07-01', awardedMinor: '100', documentSha256: 'a'.repeat(64) };

test('R-PL-06: news are read one by one: what breaks the contract is named by its id, and a reply without ids is unclear', () => {
  expect(readReply({ items: [NEWS] })).toEqual({ kind: 'news', items: [{ news: expect.objectContaining(NEWS) }] });
  // Who the parties are is nothing that Millrace asks for, and nothing that it keeps.
  expect(JSON.stringify(readReply({ items: [{ ...NEWS, defendant: '张三' }] }))).not.toContain('张三');
  const bad = [
    { ...NEWS, kind: 'rumour' },
    { ...NEWS, on: '2026-02-30' },
    { ...NEWS, awardedMinor: '-1' },
    { ...NEWS, caseNumber: '' },
    { ...NEWS, caseNumber: 'a\u0000b' },
    { ...NEWS, caseNumber: '\ud800' },
    { ...NEWS, documentSha256: 'x' },
    { ...NEWS, kind: 'closed' },
    { ...NEWS, kind: 'closed', outcome: 'drawn' },
  ];
  for (const one of bad) expect(readReply({ items: [one] })).toEqual({ kind: 'news', items: [{ unreadable: NEWS.newsId }] });
  for (const raw of [null, [], 'x', {}, { items: 'x' }, { items: [null] }, { items: [{ ...NEWS, newsId: 'one' }] }, { items: Array(501).fill(NEWS) }])
    expect(readReply(raw)).toEqual({ kind: 'unclear' });
});

test('R-PL-06: all but the end of a case is one of its stages', () => {
  expect(Object.entries(STAGE_OF_NEWS).filter(([, stage]) => stage === null)).toEqual([['closed', null]]);
});
