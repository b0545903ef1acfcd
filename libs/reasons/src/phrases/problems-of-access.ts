import type { Text } from '../language.js';

/** Titles and details of problems about who asks, what they may do, and how often. */
export const PROBLEMS_OF_ACCESS: readonly Text[] = [
  { en: 'This port is for the gateway only.', zh: '该端口仅供网关使用。' },
  { en: 'Use the public gateway.', zh: '请使用公开网关。' },
  { en: 'This request carries no valid credentials.', zh: '请求未携带有效凭据。' },
  { en: 'This request carries no access token.', zh: '请求未携带访问令牌。' },
  { en: 'The access token is not valid, or no longer.', zh: '访问令牌无效或已失效。' },
  { en: 'Get a token and send it as `authorization: Bearer …`.', zh: '请先取得令牌，并以 `authorization: Bearer …` 发送。' },
  {
    en: 'Get a token from POST /v1/oauth/token and send it as `authorization: Bearer …`.',
    zh: '请通过 POST /v1/oauth/token 取得令牌，并以 `authorization: Bearer …` 发送。',
  },
  { en: 'Your role does not allow this.', zh: '您的角色无权进行此操作。' },
  { en: 'It is open to: {roles}.', zh: '可操作的角色：{roles}。' },
  { en: 'It needs one of: {roles}.', zh: '需要以下角色之一：{roles}。' },
  { en: 'More than {limit} requests came in a minute.', zh: '一分钟内的请求超过 {limit} 次。' },
  { en: 'Nothing was done. Send the request again in {seconds} seconds.', zh: '系统未作任何处理。请在 {seconds} 秒后重新发送。' },
  { en: 'Too many requests of this organisation are under way at once.', zh: '贵机构同时处理中的请求过多。' },
  { en: 'Nothing was done. Send fewer at a time, and this one again in a second.', zh: '系统未作任何处理。请减少并发请求，并在一秒后重新发送本请求。' },
  { en: 'Too many access tokens are asked for from this address.', zh: '该地址申请访问令牌过于频繁。' },
  {
    en: 'A token is good for many requests: keep it, and ask again in {seconds} seconds.',
    zh: '一个令牌可用于多次请求：请保留使用，如需新令牌请在 {seconds} 秒后再申请。',
  },
  { en: 'Too many wrong client secrets came from this address.', zh: '该地址多次发送错误的客户端密钥。' },
  {
    en: 'Find out which program sends them, and whether its secret is that of another installation. Then try the right one in {seconds} seconds.',
    zh: '请查明是哪个程序发送的，以及其密钥是否属于另一套系统；然后在 {seconds} 秒后使用正确的密钥重试。',
  },
  { en: 'The client is unknown or its secret is wrong.', zh: '客户端不存在或密钥错误。' },
  {
    en: 'Check that client_id and client_secret are those of the installation behind this very address: another one, or one whose data was made anew, has others. Sending the same again does not help, and after some wrong secrets this address is refused for a while.',
    zh: '请确认 client_id 和 client_secret 属于该地址对应的系统：其他系统或数据重建过的系统使用不同的凭据。重复发送无济于事；多次密钥错误后，该地址会被暂时拒绝。',
  },
  { en: 'Send grant_type once, as text.', zh: '请只发送一次 grant_type，且为文本。' },
  { en: 'The grant offered here is client_credentials.', zh: '此处仅支持 client_credentials 授权方式。' },
  { en: 'Send the credentials in one place, not in two.', zh: '凭据请只在一处发送，不要在两处同时发送。' },
];
