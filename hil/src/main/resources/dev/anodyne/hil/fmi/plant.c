/* Anodyne's plant as a co-simulation unit of FMI 2.0: every call goes to the bench that exported it,
 * over a socket of this machine. Written from the standard's text; declares only what it needs.
 *
 * A request is one byte, a count (32 bits), and what belongs to it; an answer is a status byte and
 * what was asked for. Numbers are in the order of bytes of x86-64. */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { OK = 0, ERROR = 3 };

typedef struct { int socket; } Unit;

static int send_all(Unit *u, const void *from, size_t n) {
  const char *p = from;
  while (n > 0) {
    ssize_t sent = send(u->socket, p, n, MSG_NOSIGNAL);
    if (sent <= 0) return ERROR;
    p += sent;
    n -= (size_t)sent;
  }
  return OK;
}

static int receive_all(Unit *u, void *to, size_t n) {
  char *p = to;
  while (n > 0) {
    ssize_t got = recv(u->socket, p, n, 0);
    if (got <= 0) return ERROR;
    p += got;
    n -= (size_t)got;
  }
  return OK;
}

/* One request of up to two parts, its status, and what comes with it. */
static int ask(Unit *u, char what, uint32_t count, const void *a, size_t na, const void *b,
               size_t nb, void *answer, size_t n) {
  if (!u || u->socket < 0) return ERROR;
  char head[5];
  head[0] = what;
  memcpy(head + 1, &count, 4);
  unsigned char status = ERROR;
  if (send_all(u, head, 5) || send_all(u, a, na) || send_all(u, b, nb) ||
      receive_all(u, &status, 1))
    return ERROR;
  return status == OK && n > 0 ? receive_all(u, answer, n) : status;
}

/* resources/endpoint.txt: address and port of the bench. */
static int reach(const char *resources) {
  const char *path = strncmp(resources, "file://", 7) == 0 ? resources + 7 : resources;
  if (strncmp(resources, "file:/", 6) == 0 && strncmp(resources, "file://", 7) != 0)
    path = resources + 5;
  char name[4096];
  snprintf(name, sizeof name, "%s/endpoint.txt", path);
  FILE *file = fopen(name, "r");
  if (!file) return -1;
  char address[64];
  int port = 0;
  int read = fscanf(file, "%63s %d", address, &port);
  fclose(file);
  if (read != 2) return -1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (inet_pton(AF_INET, address, &to.sin_addr) != 1) return -1;
  int made = socket(AF_INET, SOCK_STREAM, 0);
  if (made < 0) return -1;
  if (connect(made, (struct sockaddr *)&to, sizeof to) != 0) {
    close(made);
    return -1;
  }
  int on = 1;
  setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return made;
}

const char *fmi2GetTypesPlatform(void) { return "default"; }
const char *fmi2GetVersion(void) { return "2.0"; }
int fmi2SetDebugLogging(void *c, int on, size_t n, const char *const names[]) { return OK; }

void *fmi2Instantiate(const char *name, int type, const char *guid, const char *resources,
                      const void *callbacks, int visible, int logging) {
  if (type != 1 || !guid || !resources) return NULL;
  Unit *u = calloc(1, sizeof *u);
  if (!u) return NULL;
  u->socket = reach(resources);
  uint32_t length = (uint32_t)strlen(guid);
  if (u->socket < 0 || ask(u, 'H', length, guid, length, NULL, 0, NULL, 0) != OK) {
    if (u->socket >= 0) close(u->socket);
    free(u);
    return NULL;
  }
  return u;
}

void fmi2FreeInstance(void *c) {
  Unit *u = c;
  if (!u) return;
  ask(u, 'Q', 0, NULL, 0, NULL, 0, NULL, 0);
  close(u->socket);
  free(u);
}

int fmi2SetupExperiment(void *c, int td, double t, double start, int sd, double stop) { return OK; }
int fmi2EnterInitializationMode(void *c) { return OK; }
int fmi2ExitInitializationMode(void *c) { return OK; }
int fmi2Terminate(void *c) { return OK; }
int fmi2Reset(void *c) { return ask(c, 'R', 0, NULL, 0, NULL, 0, NULL, 0); }

int fmi2GetReal(void *c, const uint32_t *refs, size_t n, double *values) {
  return ask(c, 'G', (uint32_t)n, refs, 4 * n, NULL, 0, values, 8 * n);
}

int fmi2SetReal(void *c, const uint32_t *refs, size_t n, const double *values) {
  return ask(c, 'S', (uint32_t)n, refs, 4 * n, values, 8 * n, NULL, 0);
}

int fmi2DoStep(void *c, double time, double dt, int no_set) {
  double step[2] = {time, dt};
  return ask(c, 'D', 2, step, sizeof step, NULL, 0, NULL, 0);
}

/* What the plant has no variables for, or cannot do. */
#define NONE(name, type)                                                                      \
  int fmi2Get##name(void *c, const uint32_t *r, size_t n, type *v) { return n ? ERROR : OK; } \
  int fmi2Set##name(void *c, const uint32_t *r, size_t n, const type *v) { return n ? ERROR : OK; }
NONE(Integer, int)
NONE(Boolean, int)
NONE(String, const char *)
int fmi2GetFMUstate(void *c, void **s) { return ERROR; }
int fmi2SetFMUstate(void *c, void *s) { return ERROR; }
int fmi2FreeFMUstate(void *c, void **s) { return OK; }
int fmi2SerializedFMUstateSize(void *c, void *s, size_t *n) { return ERROR; }
int fmi2SerializeFMUstate(void *c, void *s, char *b, size_t n) { return ERROR; }
int fmi2DeSerializeFMUstate(void *c, const char *b, size_t n, void **s) { return ERROR; }
int fmi2GetDirectionalDerivative(void *c, const uint32_t *u, size_t nu, const uint32_t *k,
                                 size_t nk, const double *dk, double *du) {
  return ERROR;
}
int fmi2SetRealInputDerivatives(void *c, const uint32_t *r, size_t n, const int *o,
                                const double *v) {
  return ERROR;
}
int fmi2GetRealOutputDerivatives(void *c, const uint32_t *r, size_t n, const int *o, double *v) {
  return ERROR;
}
int fmi2CancelStep(void *c) { return ERROR; }
int fmi2GetStatus(void *c, int k, int *v) { return ERROR; }
int fmi2GetRealStatus(void *c, int k, double *v) { return ERROR; }
int fmi2GetIntegerStatus(void *c, int k, int *v) { return ERROR; }
int fmi2GetBooleanStatus(void *c, int k, int *v) { return ERROR; }
int fmi2GetStringStatus(void *c, int k, const char **v) { return ERROR; }
