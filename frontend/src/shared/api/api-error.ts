import type { ErrorCode, Problem } from "./types";

/** The server answered, and the answer was a problem (RFC 9457). A network failure is never an `ApiError`. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** From `Retry-After`, when the server sent it. */
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, retryAfterMs: number | null = null) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  get code(): ErrorCode {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** `{field: message}`, the first message of each field. */
  get fields(): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const error of this.problem.errors ?? []) fields[error.field] ??= error.message;
    return fields;
  }
}

/** What to tell a person about a failed request. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return "Can’t reach the server. Check your connection and try again.";
}

/** For answers without a code of their own: these can be repeated, so they must not look like a refusal. */
const CODES: Partial<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  408: "unavailable",
  429: "rate_limited",
};

/** Reads a refused answer; anything that isn't problem+json (a proxy's page) becomes a problem all the same. */
export async function toApiError(response: Response): Promise<ApiError> {
  const seconds = Number(response.headers.get("retry-after"));
  const retryAfterMs = seconds > 0 ? seconds * 1000 : null;
  const fallback: Problem = {
    type: "about:blank",
    title: response.statusText || "The server could not answer",
    status: response.status,
    detail: "",
    code: CODES[response.status] ?? (response.status >= 500 ? "unavailable" : "invalid"),
    request_id: response.headers.get("x-request-id") ?? "",
  };
  const isJson = response.headers.get("content-type")?.includes("json");
  const body: unknown = isJson ? await response.json().catch(() => null) : null;
  const problem = typeof body === "object" && body !== null ? { ...fallback, ...body } : fallback;
  return new ApiError(problem, retryAfterMs);
}
