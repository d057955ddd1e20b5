import type { Model, Schema } from '../model.ts';

/** Names that a token, key or password goes by; compared without case, `_` and `-`. */
const SECRET_NAME =
  /^(access|refresh|id|auth|bearer|session)?tokens?$|apikeys?$|cloudkey|organi[sz]ationkey|privatekey|secret$|password$/;

/**
 * The places of fields that look like a secret and that the model does not have. The model itself has places for secrets
 * (`providers.iterable[].access_token`, `auth0.cloud_key`): those are its business.
 */
export function undeclaredSecrets(value: unknown, schema: Schema | undefined, model: Model, path = ''): string[] {
  const known = model.resolve(schema);
  if (Array.isArray(value)) return value.flatMap((item) => undeclaredSecrets(item, known?.items, model, `${path}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const place = path === '' ? name : `${path}.${name}`;
    const declared = known?.properties?.[name];
    if (!declared && isSecretName(name) && member !== null && member !== '') return [place];
    return undeclaredSecrets(member, declared, model, place);
  });
}

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.toLowerCase().replace(/[_-]/g, ''));
