import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, HTTPMethods, RouteHandlerMethod } from 'fastify';

const DOCUMENT = fileURLToPath(new URL('../contracts/openapi.json', import.meta.url));

/** What is read of the OpenAPI document (as JSON: YAML costs a fifth of the start); the contracts' tests prove that it is a valid one. */
interface OpenApi {
  readonly components: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId?: string;
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
}

/**
 * Adds the operations of the OpenAPI document, each with its handler. What a client sends is validated by the document; what we
 * answer is made by the serializer and is not checked on its way out.
 */
export function addRoutes(app: FastifyInstance, handlers: Readonly<Record<string, unknown>>): void {
  const document: OpenApi = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
  app.addSchema({ $id: 'openapi', components: document.components });
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { operationId, requestBody }] of Object.entries(operations)) {
      if (!operationId) continue; // parameters of the whole path: they are strings, whatever they hold
      const model = requestBody?.content['application/json'].schema.$ref;
      // By content type: an empty body has none, and is not validated.
      const body = { content: { 'application/json': { schema: { $ref: `openapi${model}` } } } };
      app.route({
        method: method.toUpperCase() as HTTPMethods,
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        ...(model ? { schema: { body } } : {}),
        handler: handlers[operationId] as RouteHandlerMethod,
      });
    }
  }
}
