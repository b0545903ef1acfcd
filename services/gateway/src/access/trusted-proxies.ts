import { isIPv4, isIPv6 } from 'node:net';
import { registerDecorator } from 'class-validator';

function isNetwork(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  if (more !== undefined || (!isIPv4(address) && !isIPv6(address))) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

/** The addresses and networks of the setting. */
export function readTrustedProxies(setting: string | undefined): string[] {
  return (setting ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A list of IP addresses and networks in CIDR notation. "Everybody" is no network here: then each client could choose its own address. */
export function IsTrustedProxies(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isTrustedProxies',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && readTrustedProxies(value).every(isNetwork),
        defaultMessage: () => 'must be IP addresses or networks such as 10.0.0.0/8, separated by commas',
      },
    });
}
