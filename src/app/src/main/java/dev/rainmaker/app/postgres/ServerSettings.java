package dev.rainmaker.app.postgres;

import java.nio.file.Path;

/**
 * The server's configuration.
 *
 * @param durable whether a commit is on disk when it is acknowledged; false only for tests
 */
record ServerSettings(int port, Path logFolder, boolean durable) {

    /**
     * The file. Loopback only, no Unix socket, little memory, a week of log files. Statements, details and parameters stay out
     * of the log: they hold personal data.
     */
    String text() {
        String onOff = durable ? "on" : "off";
        return """
                # Written by Rainmaker at each start; put your own settings into custom.conf beside this file.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 60
                password_encryption = 'scram-sha-256'

                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                wal_level = 'replica'
                max_wal_senders = 0
                max_wal_size = '512MB'
                checkpoint_timeout = '10min'

                shared_buffers = '64MB'
                work_mem = '8MB'
                maintenance_work_mem = '64MB'
                effective_cache_size = '512MB'
                dynamic_shared_memory_type = 'posix'
                max_worker_processes = 4
                max_parallel_workers = 2
                max_parallel_workers_per_gather = 1
                random_page_cost = 1.1
                jit = off

                timezone = 'UTC'
                datestyle = 'iso, ymd'
                lc_messages = 'C'
                default_text_search_config = 'pg_catalog.simple'

                logging_collector = on
                log_directory = '%s'
                log_filename = 'ledger-%%u.log'
                log_file_mode = 0600
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] '
                log_checkpoints = off
                log_min_error_statement = 'panic'
                log_error_verbosity = 'terse'

                include_if_exists = 'custom.conf'
                """.formatted(port, onOff, onOff, onOff, logFolder.toString().replace("'", "''"));
    }
}
