import type { SeededDraw } from './seeded-draw.js';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国玉兰红梅志永文海燕晓春雪峰宇浩博晨欣怡佳雨泽轩梓涵嘉琪思远子睿一鸣天翔立新振东慧琳';
const BRAND_FIRST = '恒瑞鼎盛华泰宏远嘉禾永信德润凯达金桥东升海川安和启明卓越汇丰正阳联合众诚博远中科天成';
const BRAND_SECOND = '源达通兴隆顺发祥和润泰诚信宏裕辉腾创佳益康宁邦科';

/** Trades that a made firm may be in, by code of GB/T 4754. */
export const INDUSTRIES: Readonly<Record<string, readonly string[]>> = {
  C33: ['金属制品', '五金制造'],
  C38: ['电气设备', '电器制造'],
  E50: ['装饰工程', '建筑装饰'],
  F51: ['商贸', '贸易', '物资'],
  F52: ['百货', '商业零售'],
  G54: ['物流', '货运'],
  I65: ['信息技术', '软件科技'],
};

/** Codes of {@link INDUSTRIES}. */
export const INDUSTRY_CODES = Object.keys(INDUSTRIES);

export function drawPersonName(draw: SeededDraw): string {
  const given = draw.chance(0.2) ? draw.pick([...GIVEN]) : draw.pick([...GIVEN]) + draw.pick([...GIVEN]);
  return draw.pick([...SURNAMES]) + given;
}

/** A limited company's name that fits its trade. */
export function drawCompanyName(draw: SeededDraw, industryCode: string): string {
  const brand = draw.pick([...BRAND_FIRST]) + draw.pick([...BRAND_SECOND]) + (draw.chance(0.4) ? draw.pick([...BRAND_SECOND]) : '');
  return `${brand}${draw.pick(INDUSTRIES[industryCode] ?? ['实业'])}有限公司`;
}
