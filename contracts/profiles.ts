import type { Schema, Schemas } from './model.ts';

/**
 * The model as the clients of a version have it, newest first. Each is the one above it with a step back: openapi.yaml is the
 * newest. Source: the models of PyPI pieces-os-client 4.1.1, 4.2.0, 4.3.0, 4.4.1 and 5.0.1. The npm client has one version,
 * 4.1.0, whose model is that of Python 4.3; the numbers do not line up.
 */
export const PROFILES = ['5.0', '4.4', '4.3', '4.2', '4.1'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** The clients of a version. */
export interface Profile {
  readonly name: ProfileName;
  readonly schemas: Schemas;
  /** Fields of an OAuthToken that these clients cannot leave out, with a value to send. */
  readonly alwaysSent: Readonly<Record<string, string>>;
}

const PROVIDER_TYPES = ['github', 'google-oauth2', 'bitbucket', 'linkedin', 'twitter', 'facebook', 'waad'];
const NEWER_PROVIDER_TYPES = ['UNKNOWN', ...PROVIDER_TYPES, 'discord', 'gitlab', 'apple', 'username_email', 'slack'];

/** What to undo to get to a version from the one after it. */
const STEPS_BACK: Readonly<Record<Exclude<ProfileName, '5.0'>, (schemas: Schemas) => Schemas>> = {
  // Up to here a value that the enum lacks raises; 5.0 takes it for UNKNOWN.
  '4.4': (schemas) =>
    close(
      close(drop(schemas, 'UserProfile', 'entities'), 'ExternalProvider', 'type', [
        ...NEWER_PROVIDER_TYPES,
        'microsoft',
      ]),
      'EmbeddedModelSchema',
      'semantic',
      ['UNKNOWN', 'MAJOR_0_MINOR_0_PATCH_1'],
    ),
  '4.3': (schemas) =>
    close(drop(schemas, 'UserProfile', 'apiKeys', 'subscriptions'), 'ExternalProvider', 'type', NEWER_PROVIDER_TYPES),
  '4.2': (schemas) =>
    close(
      close(
        close(schemas, 'ExternalProvider', 'type', [...PROVIDER_TYPES, 'auth0']),
        'EmbeddedModelSchema',
        'semantic',
        ['MAJOR_0_MINOR_0_PATCH_1'],
      ),
      'OAuthToken',
      'token_type',
      ['Bearer'],
    ),
  '4.1': (schemas) => demand(drop(schemas, 'UserProfile', 'descope'), 'OAuthToken', 'scope'),
};

/** The clients of this version. Throws on a name that is none of `PROFILES`. */
export function profileOf(name: string, newest: Schemas): Profile {
  const depth = (PROFILES as readonly string[]).indexOf(name);
  if (depth < 0) throw new Error(`there is no contract profile "${name}": it is one of ${PROFILES.join(', ')}`);
  const steps = PROFILES.slice(1, depth + 1) as (keyof typeof STEPS_BACK)[];
  const schemas = steps.reduce((model, step) => STEPS_BACK[step](model), newest);
  const needsScope = schemas.OAuthToken?.required?.includes('scope') ?? false;
  return { name: PROFILES[depth]!, schemas, alwaysSent: needsScope ? { scope: 'openid profile email' } : {} };
}

const change = (schemas: Schemas, name: string, changed: Partial<Schema>): Schemas => ({
  ...schemas,
  [name]: { ...schemas[name], ...changed },
});

function drop(schemas: Schemas, name: string, ...fields: string[]): Schemas {
  const kept = Object.entries(schemas[name]!.properties!).filter(([field]) => !fields.includes(field));
  return change(schemas, name, { properties: Object.fromEntries(kept) });
}

/** Only these values are left. */
const close = (schemas: Schemas, name: string, field: string, values: readonly string[]): Schemas =>
  change(schemas, name, { properties: { ...schemas[name]!.properties, [field]: { type: 'string', enum: values } } });

const demand = (schemas: Schemas, name: string, field: string): Schemas =>
  change(schemas, name, { required: [...schemas[name]!.required!, field] });
