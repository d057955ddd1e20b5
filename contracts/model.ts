import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** A JSON Schema as openapi.yaml has it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export type Schemas = Readonly<Record<string, Schema>>;

export type ModelName = 'Users' | 'UserProfile';

/** The models of openapi.yaml, to hold answers against. Both clients read `null` as absent where a field is optional: so do we. */
export class Model {
  readonly #schemas: Schemas;
  readonly #ajv: Ajv2020;

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
    this.#ajv = new Ajv2020({ allErrors: true, strict: true });
    formats.default(this.#ajv);
    this.#ajv.addKeyword('components'); // where the references of openapi.yaml lead to
    this.#ajv.addSchema({ $id: 'model:', components: { schemas } } as object, 'model:');
  }

  /** Every violation, as `path message`; empty when the value is as the model has it. */
  violations(name: ModelName, value: unknown): Violation[] {
    const validate = this.#ajv.getSchema(`model:#/components/schemas/${name}`)!;
    return validate(withoutNulls(value)) ? [] : validate.errors!.map(toViolation);
  }

  resolve(schema: Schema | undefined): Schema | undefined {
    return schema?.$ref ? this.#schemas[schema.$ref.split('/').at(-1)!] : schema;
  }

  named(name: ModelName): Schema {
    return this.#schemas[name]!;
  }
}

/** The schemas of openapi.yaml, by name. */
export function readSchemas(): Schemas {
  return JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')).components.schemas;
}

/** `path` leads to the field at fault, a missing one too, with `[]` for every item: `iterable[].aesthetics.font.size`. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

function toViolation({ instancePath, keyword, params, message }: ErrorObject): Violation {
  const missing = keyword === 'required' ? `/${params.missingProperty}` : '';
  const path = `${instancePath}${missing}`
    .slice(1)
    .replace(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
  return { path, message: `${path || 'the answer'} ${message}` };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNulls(member)]])),
  );
}
