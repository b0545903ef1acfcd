import type { ReasonEntries } from '../reason-entry.js';

/** What the file of a firm's invoices is like, and why it could not be scored. The applicant is told what it can have mended. */
export const INVOICE_REASONS = {
  BATCH_BEYOND_SUMS: {
    use: ['failure'],
    staff: { en: 'The amounts of the invoice file are too large to be added up.', zh: '发票文件中的金额过大，无法汇总计算。' },
    told: { en: 'The invoice file holds amounts that cannot be added up; please have it corrected.', zh: '发票文件中有无法汇总的金额，请更正后重新提供。' },
  },
  BATCH_GONE: {
    use: ['failure'],
    staff: { en: 'The provider no longer holds the invoice file that was verified.', zh: '数据服务方已不再保存经核验的发票文件。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  BATCH_MISMATCH: {
    use: ['failure'],
    staff: { en: 'The invoice file is not the one that was verified.', zh: '发票文件与经核验的文件不一致。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  BATCH_REFUSED: {
    use: ['failure'],
    staff: { en: 'The provider refuses to hand out the invoice file.', zh: '数据服务方拒绝提供发票文件。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  BATCH_TOO_OLD: {
    use: ['failure'],
    staff: { en: 'The invoice file was verified too long ago for a decision to rest on it.', zh: '发票文件的核验日期过久，不能再作为决策依据。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  BATCH_UNREADABLE: {
    use: ['failure'],
    staff: { en: 'The invoice file cannot be read.', zh: '发票文件无法读取。' },
    told: { en: 'The invoice file could not be read; please have it exported again.', zh: '发票文件无法读取，请重新导出后提供。' },
  },
  SCORING_TROUBLE: {
    use: ['failure'],
    staff: { en: 'The score could not be computed; the log of scoring says why.', zh: '评分未能完成，原因见评分服务日志。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  INVOICE_MONTHS_MISSING: {
    use: ['finding', 'supplement'],
    staff: { en: 'The invoice platform lacks a month of the firm or more.', zh: '发票平台缺少企业一个或多个月份的数据。' },
    told: {
      en: 'The invoices of a month or more are missing; please have the tax bureau’s platform complete them.',
      zh: '缺少一个或多个月份的发票数据，请通过税务发票平台补全。',
    },
  },
  INVOICES_FUTURE: {
    use: ['finding'],
    staff: {
      en: 'The invoice file holds an invoice of a day that has not come; a person has to look.',
      zh: '发票文件中有开票日期晚于今日的发票，须人工核查。',
    },
    told: {
      en: 'The invoice file holds an invoice of a day that has not come; please have its date corrected.',
      zh: '发票文件中有开票日期晚于今日的发票，请更正其日期。',
    },
  },
  INVOICES_IMPLAUSIBLE: {
    use: ['finding'],
    staff: {
      en: 'The invoice file holds an amount that is larger than an invoice can be; a person has to look.',
      zh: '发票文件中有超出单张发票可能金额的数值，须人工核查。',
    },
    told: {
      en: 'The invoice file holds an amount that is larger than an invoice can be; please have it corrected.',
      zh: '发票文件中有超出单张发票可能金额的数值，请更正。',
    },
  },
  INVOICES_OTHER_FORM: {
    use: ['finding'],
    staff: {
      en: 'Many lines of the invoice file are not written as the format says; a person has to look.',
      zh: '发票文件中有较多行不符合格式要求，须人工核查。',
    },
    told: {
      en: 'Many lines of the invoice file are not written as its format says; please have the file exported again.',
      zh: '发票文件中有较多行不符合格式要求，请重新导出。',
    },
  },
  INVOICES_REPEATED: {
    use: ['finding'],
    staff: {
      en: 'The invoice file holds rows that only repeat others; each invoice was counted once.',
      zh: '发票文件中有重复的行；每张发票只计一次。',
    },
    told: { en: 'The invoice file holds rows twice; each invoice was counted once.', zh: '发票文件中有重复的行；每张发票只计了一次。' },
  },
  INVOICES_STALE: {
    use: ['finding'],
    staff: {
      en: 'The invoice file ends six months or more before the month in which it should.',
      zh: '发票文件的截止月份比应有的月份早六个月及以上。',
    },
    told: {
      en: 'The invoice file ends months before it should; please have the missing months added.',
      zh: '发票文件缺少最近几个月的数据，请补充缺少的月份。',
    },
  },
  INVOICES_UNCLEAR: {
    use: ['finding'],
    staff: {
      en: 'Too many lines of the invoice file cannot be taken at their word; a person has to look.',
      zh: '发票文件中不可采信的行过多，须人工核查。',
    },
    told: {
      en: 'Lines of the invoice file could not be used; please have the file exported again.',
      zh: '发票文件中有部分行无法使用，请重新导出。',
    },
  },
} as const satisfies ReasonEntries;
