import { errorCodes } from '@enxame/shared/errors/error-codes';
import type { ApiRoute } from '@enxame/shared/tracker/api-route';
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

const errorReply = {
  description: 'What went wrong, by its code.',
  content: {
    'application/json': {
      schema: toJson(
        z.object({
          error: z.object({ code: z.enum(errorCodes), params: z.record(z.string(), z.unknown()).optional() }),
        }),
        'output',
      ),
    },
  },
};

/** The routes as OpenAPI 3.1 says them, made from the schemas that parse: it cannot say anything else. */
export function createOpenApi(routes: Readonly<Record<string, ApiRoute>>): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: toOperation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Enxame tracker', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}

function toOperation(name: string, route: ApiRoute): Json {
  const body = toBody(route);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access !== 'anyone' && {
      security: [{ bearer: [route.access] }, ...(route.access === 'read' ? [{}] : [])],
    }),
    parameters: [...toParameters(route.params, 'path'), ...toParameters(route.query, 'query')],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      200: { description: 'Done.', content: toReply(route.reply) },
      ...toRefusals(route.refusals),
      default: errorReply,
    },
  };
}

function toParameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJson(schema, 'input') as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function toBody(route: ApiRoute): Json | undefined {
  if (route.files !== undefined) {
    const file = { type: 'array', items: { type: 'string', format: 'binary' } };
    return { 'multipart/form-data': { schema: { type: 'object', properties: { [route.files]: file } } } };
  }
  return route.body && { 'application/json': { schema: toJson(route.body, 'input') } };
}

function toReply(reply: ApiRoute['reply']): Json {
  if (reply === 'bytes') return { 'application/octet-stream': {} };
  if (reply === 'zip') return { 'application/zip': {} };
  if (reply === 'text') return { 'text/plain': {} };
  return { 'application/json': { schema: toJson(reply, 'output') } };
}

function toRefusals(refusals: ApiRoute['refusals'] = {}): Json {
  const replies = Object.entries(refusals).map(([status, reply]) => [
    status,
    { description: 'Not now.', content: toReply(reply) },
  ]);
  return Object.fromEntries(replies) as Json;
}

function toJson(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}
