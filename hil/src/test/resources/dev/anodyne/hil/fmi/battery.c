/* A battery with an open-circuit voltage and a resistance, as a co-simulation unit of FMI 2 or,
 * with -DFMI3, of FMI 3. Written for the tests from the standard's text; declares only what it
 * uses. V = 3.4 + 0.8 soc + R I, dsoc/dt = I / (3600 Q), dT/dt = (R I^2 - h (T - 25)) / C. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN "{5c3b1f5e-7f7f-4e2e-9f0a-2b6d3b1c9a11}"

typedef struct {
  double current, soc, ohms, amp_hours, celsius, fail_at, time;
} Battery;

static double *place(Battery *b, uint32_t reference, double *scratch) {
  switch (reference) {
    case 1: return &b->current;
    case 2: return &b->soc;
    case 3: return &b->ohms;
    case 4: return &b->amp_hours;
    case 5: return &b->celsius;
    case 6: *scratch = 3.4 + 0.8 * b->soc + b->ohms * b->current; return scratch;
    case 7: return &b->fail_at;
    default: return NULL;
  }
}

static Battery *make(const char *token) {
  if (strcmp(token, TOKEN) != 0) return NULL;
  Battery *b = calloc(1, sizeof *b);
  b->soc = 0.2; b->ohms = 0.05; b->amp_hours = 5; b->celsius = 25; b->fail_at = 1e30;
  return b;
}

static int get(Battery *b, const uint32_t *refs, size_t n, double *values) {
  double scratch;
  for (size_t i = 0; i < n; i++) {
    double *p = place(b, refs[i], &scratch);
    if (!p) return 3;
    values[i] = *p;
  }
  return 0;
}

static int set(Battery *b, const uint32_t *refs, size_t n, const double *values) {
  double scratch;
  for (size_t i = 0; i < n; i++) {
    double *p = place(b, refs[i], &scratch);
    if (!p || refs[i] == 6) return 3;
    *p = values[i];
  }
  return 0;
}

static int step(Battery *b, double time, double dt) {
  if (time != b->time || time + dt > b->fail_at) return 3;
  b->soc += b->current * dt / 3600 / b->amp_hours;
  b->celsius += dt * (b->ohms * b->current * b->current - 0.5 * (b->celsius - 25)) / 60;
  b->time = time + dt;
  return 0;
}

static int save(Battery *b, void **state) {
  if (!*state) *state = malloc(sizeof *b);
  memcpy(*state, b, sizeof *b);
  return 0;
}

static int restore(Battery *b, void *state) { memcpy(b, state, sizeof *b); return 0; }

static int forget(void **state) { free(*state); *state = NULL; return 0; }

#ifndef FMI3
void *fmi2Instantiate(const char *name, int type, const char *guid, const char *resources,
                      const void *callbacks, int visible, int logging) {
  if (type != 1 || strncmp(resources, "file:/", 6) != 0 || !callbacks) return NULL;
  return make(guid);
}
int fmi2SetupExperiment(void *c, int td, double t, double start, int sd, double stop) { return 0; }
int fmi2EnterInitializationMode(void *c) { return 0; }
int fmi2ExitInitializationMode(void *c) { return 0; }
int fmi2Terminate(void *c) { return 0; }
void fmi2FreeInstance(void *c) { free(c); }
int fmi2GetReal(void *c, const uint32_t *r, size_t n, double *v) { return get(c, r, n, v); }
int fmi2SetReal(void *c, const uint32_t *r, size_t n, const double *v) { return set(c, r, n, v); }
int fmi2DoStep(void *c, double t, double dt, int no_set) { return step(c, t, dt); }
int fmi2GetFMUstate(void *c, void **s) { return save(c, s); }
int fmi2SetFMUstate(void *c, void *s) { return restore(c, s); }
int fmi2FreeFMUstate(void *c, void **s) { return forget(s); }
#else
void *fmi3InstantiateCoSimulation(const char *name, const char *token, const char *resources,
                                  bool visible, bool logging, bool events, bool early,
                                  const uint32_t *intermediate, size_t n, void *environment,
                                  void *log, void *update) {
  if (events || early || n != 0 || resources[strlen(resources) - 1] != '/') return NULL;
  return make(token);
}
int fmi3EnterInitializationMode(void *c, bool td, double t, double start, bool sd, double stop) {
  return start == 0 && !sd ? 0 : 3;
}
int fmi3ExitInitializationMode(void *c) { return 0; }
int fmi3Terminate(void *c) { return 0; }
void fmi3FreeInstance(void *c) { free(c); }
int fmi3GetFloat64(void *c, const uint32_t *r, size_t n, double *v, size_t m) {
  return n == m ? get(c, r, n, v) : 3;
}
int fmi3SetFloat64(void *c, const uint32_t *r, size_t n, const double *v, size_t m) {
  return n == m ? set(c, r, n, v) : 3;
}
int fmi3DoStep(void *c, double t, double dt, bool no_set, bool *event, bool *terminate,
               bool *early, double *reached) {
  *event = *terminate = *early = false;
  int status = step(c, t, dt);
  *reached = ((Battery *)c)->time;
  return status;
}
int fmi3GetFMUState(void *c, void **s) { return save(c, s); }
int fmi3SetFMUState(void *c, void *s) { return restore(c, s); }
int fmi3FreeFMUState(void *c, void **s) { return forget(s); }
#endif
