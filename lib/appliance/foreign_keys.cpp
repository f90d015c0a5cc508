#include "appliance/foreign_keys.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace appliance {
namespace {

constexpr auto elsewhere = ForeignKey::Kind::elsewhere;
constexpr auto absent = ForeignKey::Kind::absent;

constexpr std::string_view one_place = "remove it: one engine has one place";
constexpr std::string_view images_own = "remove it: the engine's default applies";
constexpr std::string_view by_file =
    "put the file on the engine's machine and mount it in `volumes`, or give the value in `env`";

constexpr std::array foreign_keys{
    // Resources
    ForeignKey{"container", "mem_limit memory memory_limit mem_max memory_max", elsewhere,
               "write it in `resources`, in MiB, as in `\"resources\": { \"mem\": 512 }`"},
    ForeignKey{"container", "cpu cpu_count cpu_limit cpu_shares cpu_quota cpu_period cpu_percent",
               elsewhere,
               "write processors in `resources`, as in `\"resources\": { \"cpus\": 0.5 }`"},
    ForeignKey{
        "container", "deploy", elsewhere,
        "write its `replicas` as `instances`, its limits as `resources` (`cpus`, `mem`), its "
        "`restart_policy` as `restart`"},
    ForeignKey{"container", "storage_opt", elsewhere,
               "write its size in `resources`, in MiB, as in `\"resources\": { \"disk\": 1024 }`"},
    ForeignKey{"container",
               "mem_reservation mem_swappiness memswap_limit oom_kill_disable oom_score_adj "
               "pids_limit cpuset cpuset_cpus cpu_rt_runtime cpu_rt_period blkio_config",
               absent, "remove it; `resources` has `cpus`, `mem`, `disk` and `gpus`"},
    ForeignKey{"resources", "limits requests reservations", elsewhere,
               "write `cpus` and `mem` right in `resources`"},
    ForeignKey{"resources", "memory_mb memory_limit", elsewhere, "write `mem`, in MiB"},
    ForeignKey{"resources", "pids", absent, "remove it"},
    // What runs
    ForeignKey{"container", "command", elsewhere,
               "write `args` for what follows the image's entrypoint, or `cmd` for a line of the "
               "shell in its place"},
    ForeignKey{"container", "build dockerfile", elsewhere,
               "build it with `docker build`, and name the image in `image`"},
    ForeignKey{"container", "env_file env_from", absent, "write the variables in `env`"},
    ForeignKey{"container", "secrets configs config_files", absent, by_file},
    ForeignKey{
        "container", "tty stdin_open stdin interactive attach", absent,
        "remove it; a program that ends without a terminal needs another `cmd`, as in `sleep "
        "infinity`"},
    ForeignKey{"container", "init_containers", elsewhere,
               "make each a container of `\"type\": \"job\"`, and list it in `dependencies`"},
    ForeignKey{"container", "post_start pre_stop lifecycle", absent,
               "write it into the program that runs, or a job of its own"},
    ForeignKey{"container", "extends profiles develop provider models", absent,
               "write the container out, or leave it out of this document"},
    ForeignKey{"container", "runtime isolation credential_spec use_api_socket", absent, images_own},
    // How it is called and reached
    ForeignKey{"container", "container_name", absent,
               "remove it: others reach it by its `id`, and the engine has it as "
               "`APPLIANCE.CONTAINER.1`"},
    ForeignKey{"container", "expose", elsewhere,
               "remove it: the containers of an appliance reach each other's ports; `ports` is for "
               "the outside"},
    ForeignKey{"container", "links", elsewhere,
               "write `@db` where the name is needed, or `\"dependencies\": [ \"db\" ]`"},
    ForeignKey{
        "container", "networks network", elsewhere,
        "remove it: an appliance has one network; `\"network_mode\": \"host\"` is the engine's"},
    ForeignKey{"container", "external_links mac_address", absent, "remove it"},
    ForeignKey{
        "container", "dns dns_search dns_opt dns_config domainname", absent,
        "remove it: names are resolved as the engine's machine does; `extra_hosts` adds some"},
    ForeignKey{"container", "service services port_definitions port_mappings", elsewhere,
               "write its ports in `ports`, as in `[ { \"container_port\": 80 } ]`"},
    // Powers
    ForeignKey{"container", "security_opt", absent,
               "remove it; `cap_add`, `cap_drop` and `is_privileged` say what it may do"},
    ForeignKey{"container", "security_context", elsewhere,
               "write `user`, `cap_add`, `cap_drop`, `read_only` or `is_privileged`"},
    ForeignKey{"container",
               "pid ipc uts userns_mode cgroup cgroup_parent sysctls group_add device_cgroup_rules",
               absent, images_own},
    // Checks, logs, updates
    ForeignKey{"container", "liveness_probe readiness_probe startup_probe readiness_checks checks",
               elsewhere, "write it as `health_check`"},
    ForeignKey{"container", "logging log_driver log_opt log_options logs", absent,
               "remove it: the engine's own log driver keeps the output"},
    ForeignKey{"container",
               "update update_config upgrade_strategy kill_selection backoff_seconds "
               "backoff_factor max_launch_delay_seconds reschedule",
               absent,
               "remove it: instances are replaced one at a time, and the engine restarts them"},
    ForeignKey{"container", "annotations meta label_file", elsewhere, "write them in `labels`"},
    ForeignKey{"container",
               "stop_timeout kill_timeout termination_grace_period_seconds "
               "task_kill_grace_period_seconds",
               elsewhere, "write `stop_grace_period`, as in `\"30s\"`"},
    ForeignKey{"container", "kill_signal", elsewhere, "write `stop_signal`"},
    // Where
    ForeignKey{"container",
               "constraints node_selector affinity tolerations accepted_resource_roles spread "
               "residency unreachable_strategy datacenters",
               elsewhere, one_place},
    ForeignKey{"container", "volumes_from", absent, "list the same volumes in its own `volumes`"},
    ForeignKey{"container", "uris fetch artifact artifacts template", absent,
               "put the files into the image, or mount them in `volumes`"},
    // Ports and volumes
    ForeignKey{"port", "mode app_protocol service_port labels", elsewhere, "remove it"},
    ForeignKey{"port", "host_port_range port_range", absent,
               "leave out `host_port`: the engine picks one, and `pivot port` tells it"},
    ForeignKey{"volume", "read_only readonly ro", elsewhere, "write `\"mode\": \"RO\"`"},
    ForeignKey{"volume", "bind volume tmpfs consistency propagation mount_propagation sub_path",
               absent, "remove it"},
    ForeignKey{"persistent_volume", "external", elsewhere,
               "write `\"scope\": \"global\"` for a volume that appliances share by its id"},
    ForeignKey{"persistent_volume", "labels", absent, "remove it"},
    // In a check
    ForeignKey{"health_check", "test cmd exec", elsewhere,
               "write a line for the shell, as in `\"command\": \"pg_isready -U app\"`"},
    ForeignKey{"health_check", "disable disabled", elsewhere, "write `\"protocol\": \"NONE\"`"},
    ForeignKey{"health_check", "start_interval", elsewhere,
               "remove it: until a container is ready its check runs often"},
    ForeignKey{"health_check", "success_threshold", absent, "remove it: one success is enough"},
    ForeignKey{"health_check", "http_get", elsewhere,
               "write `\"protocol\": \"HTTP\"`, `path` and `port_index`"},
    ForeignKey{"health_check", "tcp_socket", elsewhere,
               "write `\"protocol\": \"TCP\"` and `port_index`"},
    // At the top
    ForeignKey{"appliance", "version", elsewhere, "remove it: the document has no version"},
    ForeignKey{"appliance", "networks network", elsewhere,
               "remove it: an appliance has one network, which `up` makes"},
    ForeignKey{"appliance", "secrets configs", absent, by_file},
    ForeignKey{"appliance", "include", absent, "write the containers into this document"},
};

// Letters and digits alone, so that `dependsOn` and `depends-on` are `depends_on`.
std::string letters_of(std::string_view key) {
    std::string letters;
    std::copy_if(key.begin(), key.end(), std::back_inserter(letters), base::is_letter_or_digit);
    return base::in_lower_case(letters);
}

}  // namespace

bool has_word(std::string_view words, std::string_view key) {
    const std::string wanted = letters_of(key);
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (letters_of(words.substr(0, end)) == wanted) {
            return true;
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

const ForeignKey* find_foreign_key(std::string_view object, std::string_view key) {
    const auto* const found = std::find_if(
        foreign_keys.begin(), foreign_keys.end(),
        [&](const ForeignKey& each) { return each.object == object && has_word(each.names, key); });
    return found == foreign_keys.end() ? nullptr : found;
}

}  // namespace appliance
