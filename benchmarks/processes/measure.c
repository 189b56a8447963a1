/* Runs commands in turn and prints what each one took, beside the last one.
 *
 *     measure ROUNDS name command argument … -- name command argument … [-- …]
 *
 * Rounds are interleaved, one run of each command after the other, because the speed of a machine drifts and a ratio
 * of neighbours does not. This is C and not a script: the peak memory of a child counts what its parent had when it
 * started the child, and 1 MB hides nothing. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { COMMANDS_MAX = 8, ROUNDS_MAX = 2000 };

struct command {
    char *name;
    char **words;
    double wall[ROUNDS_MAX], cpu[ROUNDS_MAX], memory[ROUNDS_MAX];
};

static struct command commands[COMMANDS_MAX];
extern char **environ;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double milliseconds(struct timespec t) { return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }

static double timeval_ms(struct timeval t) { return t.tv_sec * 1e3 + t.tv_usec / 1e3; }

static void run(struct command *c, int round, posix_spawn_file_actions_t *quiet) {
    struct timespec begin, end;
    struct rusage usage;
    int status;
    pid_t child;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (posix_spawnp(&child, c->words[0], quiet, NULL, c->words, environ) != 0 ||
        wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "measure: %s failed\n", c->name);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    c->wall[round] = milliseconds(end) - milliseconds(begin);
    c->cpu[round] = timeval_ms(usage.ru_utime) + timeval_ms(usage.ru_stime);
    c->memory[round] = usage.ru_maxrss / 1024.0;
}

int main(int argc, char **argv) {
    int count = 0, rounds = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 2; i + 1 < argc && count < COMMANDS_MAX; count++) {
        commands[count].name = argv[i];
        commands[count].words = &argv[i + 1];
        while (i < argc && strcmp(argv[i], "--") != 0) i++;
        argv[i++] = NULL;
    }
    if (count < 1 || rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "measure ROUNDS name command … [-- name command …]\n");
        return 2;
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < count; i++) run(&commands[i], 0, &quiet); /* fills the caches, counts for nothing */
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++) run(&commands[i], round, &quiet);

    double wall[COMMANDS_MAX], cpu[COMMANDS_MAX], memory[COMMANDS_MAX];
    for (int i = 0; i < count; i++) {
        wall[i] = median(commands[i].wall, rounds);
        cpu[i] = median(commands[i].cpu, rounds);
        memory[i] = median(commands[i].memory, rounds);
    }
    printf("| | wall | ratio | CPU | peak memory |\n|---|---|---|---|---|\n");
    for (int i = 0; i < count; i++)
        printf("| %s | %.2f ms | %.2fx | %.2f ms | %.1f MB |\n", commands[i].name, wall[i], wall[i] / wall[count - 1],
               cpu[i], memory[i]);
    return 0;
}
