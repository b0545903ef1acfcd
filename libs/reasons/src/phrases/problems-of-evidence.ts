import type { Text } from '../language.js';

/** Titles and details of problems about files that are uploaded. */
export const PROBLEMS_OF_EVIDENCE: readonly Text[] = [
  { en: 'The body is not a file of a type that is taken.', zh: '请求正文不是可接受类型的文件。' },
  {
    en: 'Send the file itself as the body, with one of these as `content-type`: {types}.',
    zh: '请将文件本身作为请求正文发送，并将 `content-type` 设为以下之一：{types}。',
  },
  { en: 'The file is empty.', zh: '文件为空。' },
  { en: 'Send the file itself as the body, under its media type as `content-type`.', zh: '请将文件本身作为请求正文发送，并以其媒体类型作为 `content-type`。' },
  { en: 'The file is too large.', zh: '文件过大。' },
  { en: 'Send at most {size} MiB; scan in black and white, or part it.', zh: '文件不得超过 {size} MiB；请使用黑白扫描或拆分文件。' },
  { en: 'A file of this type is not taken.', zh: '不接受此类型的文件。' },
  { en: 'What it is was seen from its content. Send one of: {types}.', zh: '文件类型按其内容判断。请发送以下类型之一：{types}。' },
  { en: 'The file is not what the request says.', zh: '文件与请求所声明的类型不符。' },
  { en: 'Its content is {type}; send that as `content-type`, if it is the right file.', zh: '其内容为 {type}；如文件无误，请以此作为 `content-type`。' },
  { en: 'The virus scanner has refused the file.', zh: '文件未通过病毒扫描。' },
  {
    en: 'Nothing was kept. Make the file again on a computer that is clean, and send it under the same id.',
    zh: '未保存任何内容。请在安全的计算机上重新生成文件，并以相同 id 发送。',
  },
  { en: 'The application has as many files as it may have.', zh: '该申请的文件数量已达上限。' },
  { en: 'An application has at most {most} files; put several pages into one.', zh: '每笔申请最多 {most} 个文件；请将多页合并为一个文件。' },
  { en: 'The file cannot be kept, read or scanned now.', zh: '文件暂时无法保存、读取或扫描。' },
  { en: 'Send the same request again in a minute; the operator’s log says why.', zh: '请一分钟后重新发送相同请求；原因见运维日志。' },
  { en: 'Evidence is named that the application does not have.', zh: '所列证明材料不属于该申请。' },
  {
    en: 'No files of the application: {ids}. Upload them first: PUT …/evidence/{evidenceId}.',
    zh: '以下文件不属于该申请：{ids}。请先上传：PUT …/evidence/{evidenceId}。',
  },
];
