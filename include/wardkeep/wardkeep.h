/* The C interface of Wardkeep's policy library: decides requests against AWS policies, in process.
 *
 * Two ways in, which always decide alike:
 *
 *  - JSON in, JSON out: wk_evaluate_json takes one line of the evaluate format (docs/evaluate-format.md) and
 * answers with one. Simple; parses and compiles the policies each time.
 *  - Compiled: wk_policies_compile once, wk_request_create once or for each request, then wk_evaluate, which
 * takes well under a microsecond and allocates nothing.
 *
 * Ownership. Whatever a function gives through an `out` parameter belongs to the caller, who gives it back
 * with the free function of its type. Arguments are read during the call only and never kept. Freeing null
 * does nothing. When a function fails it leaves `out` null.
 *
 * Threads. Functions may be called from any number of threads at once. A wk_policies never changes and may be
 * used by all threads. A wk_request may be read (wk_evaluate) by many threads, but must not be changed
 * meanwhile. A wk_text never changes.
 *
 * Input is never trusted: any bytes, of any length, give a status and no crash. No function throws, aborts,
 * prints, exits, or touches errno's meaning, signals, locale or standard streams. Time and memory are bounded
 * by the limits below; a nested or repeated or over-long text is refused with a status.
 *
 * Versions. WARDKEEP_ABI_VERSION grows when a program has to be compiled again, and with it the library's
 * soname. Structures that callers fill begin with their size, so that later members can be told from earlier
 * programs.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define WARDKEEP_ABI_VERSION 1

#if defined(__GNUC__)
#define WK_API __attribute__((visibility("default")))
#else
#define WK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Largest text of JSON, in bytes. */
#define WK_MAX_JSON ((size_t)8 << 20)
/* Largest single text of a request that is not given as JSON, in bytes. */
#define WK_MAX_TEXT ((size_t)1 << 20)
/* Most context keys of a request, and most values of all of them, that is not given as JSON. */
#define WK_MAX_CONTEXT_KEYS ((size_t)4096)
#define WK_MAX_CONTEXT_VALUES ((size_t)65536)

typedef enum wk_status {
  WK_OK = 0,
  WK_INVALID_ARGUMENT = 1, /* a null pointer, an unknown flag, a structure of an unknown size */
  WK_INVALID_JSON = 2,     /* not JSON, not UTF-8, too deep, a member twice, or longer than WK_MAX_JSON */
  WK_INVALID_INPUT = 3,    /* JSON or texts that do not follow the evaluate format */
  WK_REFUSED_DOCUMENT = 4, /* a policy that AWS would refuse to save; the error has AWS's code and message */
  WK_TOO_LARGE = 5, /* beyond one of the limits, or policies and request too large to be decided together */
  WK_OUT_OF_MEMORY = 6,
  WK_INTERNAL = 7 /* a fault of the library */
} wk_status;

/* UTF-8 text of the library, with a NUL after the last byte. */
typedef struct wk_text wk_text;
WK_API const char* wk_text_data(const wk_text* text); /* "" of null */
WK_API size_t wk_text_size(const wk_text* text);      /* without the NUL; 0 of null */
WK_API void wk_text_free(wk_text* text);

/* WARDKEEP_ABI_VERSION of the library that is loaded, and its release, such as "0.1.0". */
WK_API uint32_t wk_abi_version(void);
WK_API const char* wk_version(void);
/* The name of a status, such as "WK_INVALID_JSON"; "WK_UNKNOWN" of any other number. A constant. */
WK_API const char* wk_status_name(int status);

/* --- JSON in, JSON out
 * ------------------------------------------------------------------------------------------ */

/* With the statements that matched, and the context keys that were missing. */
#define WK_EXPLAIN ((uint32_t)1)

/* Answers one line of the evaluate format. *answer is the answering line, without a line end; for a line that
 * cannot be used it is the format's error object and the status says why. It stays null only for
 * WK_INVALID_ARGUMENT and WK_OUT_OF_MEMORY. `flags`: 0 or WK_EXPLAIN. */
WK_API wk_status wk_evaluate_json(const char* line, size_t length, uint32_t flags, wk_text** answer);

/* --- Compiled
 * --------------------------------------------------------------------------------------------------- */

/* All policies that bear on a request, compiled and indexed. */
typedef struct wk_policies wk_policies;

/* The member `resource` is the trust policy of a role, for requests of sts:AssumeRole and its companions on
 * that role. Policies that hold one decide such requests only, and policies that hold another resource policy
 * all but those. */
#define WK_TRUST_POLICY ((uint32_t)1)

/* Compiles the value of the member `policies` of the evaluate format, an object. `error` may be null; else
 * *error is null, or a JSON object {"code":...,"message":...} after a failure, with "policyType" and "policy"
 * if one document is to blame, and "at" and "position" where in it, as far as that is known (docs/evaluate-format.md). `flags`: 0 or WK_TRUST_POLICY. */
WK_API wk_status wk_policies_compile(const char* json, size_t length, uint32_t flags, wk_policies** out,
                                     wk_text** error);
WK_API void wk_policies_free(wk_policies* policies);

/* A text of the caller: UTF-8, need not end with a NUL. Null data with size 0 is the empty text. */
typedef struct wk_string {
  const char* data;
  size_t size;
} wk_string;

/* Who asks: at most one of arn, service and federated; none of them is an anonymous caller. The meaning is
 * that of `request.principal` of the evaluate format. */
typedef struct wk_principal {
  wk_string arn;
  wk_string service;
  wk_string federated;
  wk_string parent_arn;
  wk_string role_arn;
  wk_string unique_id;
} wk_principal;

/* A condition key. Numbers and booleans are given as text: "true", "5". One value that is not `multi_valued`
 * is a single-valued key, unless AWS has the key as multi-valued (aws:TagKeys); anything else is a
 * multi-valued one, which no operator without ForAllValues or ForAnyValue matches; no value is a key that is
 * present and empty. A principal's tags are keys too: aws:PrincipalTag/NAME. */
typedef struct wk_context_key {
  wk_string key;
  const wk_string* values;
  size_t value_count;
  int32_t multi_valued; /* 0 or 1 */
} wk_context_key;

typedef struct wk_request_fields {
  size_t size; /* sizeof(wk_request_fields) */
  wk_principal principal;
  wk_string action;           /* "s3:GetObject"; not empty */
  wk_string resource;         /* an ARN, or "*" for actions without a resource; not empty */
  wk_string resource_account; /* the owner, 12 digits; empty: the ARN's account, else the principal's */
  int32_t wildcard_only;      /* 1: the action has no resource type */
  const wk_context_key* context;
  size_t context_count;
} wk_request_fields;

/* A request. Keys that follow from the principal are filled in unless given. */
typedef struct wk_request wk_request;

/* `error` as in wk_policies_compile. */
WK_API wk_status wk_request_create(const wk_request_fields* fields, wk_request** out, wk_text** error);
/* From the value of the member `request` of the evaluate format, an object. */
WK_API wk_status wk_request_parse(const char* json, size_t length, wk_request** out, wk_text** error);
/* Change a request in place, so that one request serves many questions of the same caller. After a failure it
 * is as it was. Setting a context key replaces the value it had, also one that was filled in. */
WK_API wk_status wk_request_set_action(wk_request* request, wk_string action);
WK_API wk_status wk_request_set_resource(wk_request* request, wk_string resource, wk_string resource_account);
WK_API wk_status wk_request_set_context(wk_request* request, const wk_context_key* key);
WK_API void wk_request_free(wk_request* request);

typedef enum wk_verdict { WK_IMPLICIT_DENY = 0, WK_EXPLICIT_DENY = 1, WK_ALLOWED = 2 } wk_verdict;

/* What decided. */
typedef enum wk_basis {
  WK_BASIS_NONE = 0,         /* an implicit deny: see missing_layers */
  WK_BASIS_STATEMENT = 1,    /* policy_type, policy and statement name it */
  WK_BASIS_ROOT_USER = 2,    /* the root user of the resource's account */
  WK_BASIS_UNDENIABLE = 3,   /* sts:GetCallerIdentity */
  WK_BASIS_BUILT_IN_DENY = 4 /* a rule that no policy can lift */
} wk_basis;

typedef enum wk_policy_type {
  WK_IDENTITY = 0,
  WK_RESOURCE = 1, /* trust policies of roles included */
  WK_PERMISSIONS_BOUNDARY = 2,
  WK_SESSION = 3,
  WK_SERVICE_CONTROL = 4,
  WK_RESOURCE_CONTROL = 5,
  WK_ENDPOINT = 6
} wk_policy_type;

typedef struct wk_decision {
  int32_t verdict;         /* wk_verdict; a decision that was not made reads as WK_IMPLICIT_DENY */
  int32_t basis;           /* wk_basis */
  int32_t policy_type;     /* wk_policy_type; -1 unless the basis is a statement */
  uint32_t policy;         /* number of the policy within its type, levels numbered through */
  uint32_t statement;      /* number of the statement within the policy */
  uint32_t missing_layers; /* bit 1 << wk_policy_type for each that would have had to allow */
} wk_decision;

/* Decides. Allocates nothing, unless the caller is root beside a session policy or a policy asks for the
 * wardkeep: time keys. After a failure *decision is an implicit deny without a reason. */
WK_API wk_status wk_evaluate(const wk_policies* policies, const wk_request* request, wk_decision* decision);
/* Decides `count` requests against the same policies. Stops at the first that fails and returns its status;
 * the decisions from there on are implicit denies. */
WK_API wk_status wk_evaluate_many(const wk_policies* policies, const wk_request* const* requests,
                                  size_t count, wk_decision* decisions);
/* The decision as the evaluate format answers with explanation: names of policies and statements, every
 * statement that matched, missing context keys. */
WK_API wk_status wk_explain(const wk_policies* policies, const wk_request* request, wk_text** answer);

#ifdef __cplusplus
}
#endif
