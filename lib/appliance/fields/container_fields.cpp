#include "appliance/fields/container_fields.hpp"

#include "appliance/fields/command_values.hpp"
#include "appliance/fields/container_values.hpp"
#include "appliance/fields/extra_fields.hpp"
#include "appliance/fields/health_check_fields.hpp"
#include "appliance/fields/power_values.hpp"
#include "appliance/fields/pull_values.hpp"
#include "appliance/fields/restart_values.hpp"
#include "appliance/fields/volume_fields.hpp"

namespace appliance {
namespace {

// PIVOT's schedule of a job.
Field<Draft> not_yet(std::string_view name, JsonType type, std::string_view meaning) {
    return {{.name = name,
             .type = type,
             .meaning = meaning,
             .support = Support::not_yet,
             .until_then = "remove it: let cron or a timer of the system run "
                           "`pivot up --rerun` when the job is due"}};
}

void note_schedule_hints(const Value& value, Draft& /*draft*/, Reading& reading) {
    reading.problems.note("`schedule_hints` has no meaning: one engine has one place", value.span,
                          "");
}

Field<Draft> container_reply(std::string_view name, std::string_view meaning) {
    return {{.name = name, .meaning = meaning, .support = Support::ignored}};
}

const std::vector<Field<Draft>>& own_fields() {
    static const std::vector<Field<Draft>> fields{
        {{.name = "id",
          .type = JsonType::string,
          .meaning = "the name that others reach it by",
          .example = "\"web\"",
          .presence = Presence::required,
          .also_called = "name"},
         read_id},
        {{.name = "type",
          .type = JsonType::string,
          .meaning = "`service` (default: runs until it is stopped) or `job` (runs once)",
          .example = "\"service\"",
          .choices = container_types,
          .also_called = "kind"},
         read_type},
        {{.name = "image",
          .type = JsonType::string,
          .meaning = "the image that its instances run",
          .example = "\"nginx:1.27\"",
          .presence = Presence::required},
         read_image},
        {{.name = "resources",
          .type = JsonType::object,
          .meaning = "the processors and memory of each instance",
          .example = "{ \"cpus\": 0.5, \"mem\": 512 }",
          .also_called = "limits"},
         read_resources},
        {{.name = "instances",
          .type = JsonType::whole_number,
          .meaning = "the number of instances, 1 by default",
          .example = "2",
          .also_called = "replicas scale count"},
         read_instances},
        {{.name = "cmd",
          .type = JsonType::string,
          .meaning = "a line for `/bin/sh -c`, in place of the image's entrypoint",
          .example = "\"nginx -t && nginx\""},
         read_cmd},
        {{.name = "args",
          .type = JsonType::list,
          .meaning = "the arguments that follow the image's entrypoint",
          .example = "[ \"--verbose\" ]",
          .also_called = "arguments"},
         read_args},
        {{.name = "env",
          .type = JsonType::object,
          .meaning = "its environment variables",
          .example = "{ \"DATABASE\": \"@db:5432\" }",
          .also_called = "environment"},
         read_env},
        {{.name = "network_mode",
          .type = JsonType::string,
          .meaning = "`container` (default) or `bridge`, both the appliance's own network; `host`: "
                     "the engine's",
          .example = "\"container\"",
          .choices = network_modes},
         read_network_mode},
        {{.name = "ports",
          .type = JsonType::list,
          .meaning = "the ports that can be reached from outside",
          .example = "[ { \"container_port\": 80 } ]",
          .also_called = "port"},
         read_ports},
        {{.name = "dependencies",
          .type = JsonType::list,
          .meaning = "the ids of the containers that must be ready first",
          .example = "[ \"db\" ]",
          .also_called = "depends_on"},
         read_dependencies},

        {{.name = "volumes",
          .type = JsonType::list,
          .meaning = "the folders and persistent volumes that it mounts",
          .example = "[ { \"src\": \"data\", \"dest\": \"/data\" } ]",
          .also_called = "mounts volume_mounts"},
         read_volumes},
        {{.name = "health_check",
          .type = JsonType::object,
          .meaning = "how to find out whether it is ready, and goes on being well",
          .example = "{ \"path\": \"/health\" }",
          .also_called = "healthcheck health_checks"},
         read_health_check},
        {{.name = "default_health_check",
          .type = JsonType::boolean,
          .meaning = "`true`: it is ready when its first TCP port answers",
          .example = "true"},
         read_default_health_check},
        {{.name = "minimum_capacity",
          .type = JsonType::number,
          .meaning = "the part of its instances that must be healthy, 1 (all) by default",
          .example = "0.5"},
         read_minimum_capacity},
        {{.name = "is_privileged",
          .type = JsonType::boolean,
          .meaning = "`true`: it may do on the engine's machine what root may",
          .example = "true",
          .also_called = "privileged"},
         read_is_privileged},
        {{.name = "force_pull_image",
          .type = JsonType::boolean,
          .meaning = "`true`: the image is pulled even when the engine has it",
          .example = "true",
          .also_called = "always_pull"},
         read_force_pull_image},
        {{.name = "retries",
          .type = JsonType::whole_number,
          .meaning = "how often a job that failed is started again, 0 by default",
          .example = "3",
          .also_called = "retry max_retries"},
         read_retries},
        not_yet("repeats", JsonType::whole_number, "how often a job runs"),
        not_yet("start_time", JsonType::string, "when a job runs first"),
        not_yet("interval", JsonType::string, "the time between two runs of a job"),
        {{.name = "schedule_hints",
          .type = JsonType::object,
          .meaning = "where PIVOT is to run it; of no meaning on one engine",
          .example = "{ \"placement\": {} }",
          .also_called = "placement"},
         note_schedule_hints},
    };
    return fields;
}

std::vector<Field<Draft>> all_fields() {
    std::vector<Field<Draft>> fields = own_fields();
    for (const Field<Draft>& field : extra_fields()) {
        fields.push_back(field);
    }
    fields.push_back(container_reply("appliance", "the id of its appliance"));
    fields.push_back(container_reply("endpoints", "where its ports can be reached"));
    fields.push_back(container_reply("state", "what it did when the reply was written"));
    fields.push_back(container_reply("deployment", "where it was placed"));
    fields.push_back(container_reply("last_update", "when that was"));
    return fields;
}

}  // namespace

const std::vector<Field<Draft>>& container_fields() {
    static const std::vector<Field<Draft>> fields = all_fields();
    return fields;
}

}  // namespace appliance
