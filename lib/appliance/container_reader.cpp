#include "appliance/container_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "appliance/fields/container_fields.hpp"
#include "appliance/fields/health_check_fields.hpp"
#include "appliance/fields/port_fields.hpp"
#include "appliance/fields/pull_values.hpp"
#include "appliance/fields/restart_values.hpp"
#include "appliance/fields/volume_fields.hpp"
#include "appliance/host_network.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {
namespace {

// Points at the id, which says more than a brace does.
Subject subject_of(const Object& object, const Value& entry) {
    const Span brace{entry.span.begin, entry.span.begin + 1};
    const Member* id = find_member(object, "id");
    if (id == nullptr || id->value.as<std::string>() == nullptr) {
        return {"this container", "", brace};
    }
    return {"container", *id->value.as<std::string>(), id->value.span};
}

void check_exclusive(const Object& object, std::string_view one, std::string_view other,
                     std::string_view hint, Reading& reading) {
    const Member* first = find_member(object, one);
    const Member* second = find_member(object, other);
    if (first == nullptr || second == nullptr) {
        return;
    }
    const Member& later = first->key_span.begin < second->key_span.begin ? *second : *first;
    reading.problems.error(fmt::format("`{}` and `{}` exclude each other", one, other),
                           later.key_span, std::string(hint));
}

void check_command(const Object& object, Reading& reading) {
    check_exclusive(object, "cmd", "args",
                    "keep `cmd` to replace the image's entrypoint, or `args` to give it arguments",
                    reading);
    check_exclusive(
        object, "cmd", "entrypoint",
        "`cmd` is a line for the shell in place of any entrypoint: write `args` instead", reading);
}

void check_shared_host_ports(const Container& container, Reading& reading) {
    if (container.instances <= 1 || container.network_mode == NetworkMode::host) {
        return;
    }
    for (const Port& port : container.ports) {
        if (port.host_port != 0) {
            reading.problems.error(
                fmt::format("{} instances cannot share host port {}/{}", container.instances,
                            port.host_port, name_of(port.protocol)),
                port.where, "leave out `host_port` and the engine picks one for each");
        }
    }
}

}  // namespace

Draft read_container(const Value& entry, Reading& reading) {
    Draft draft;
    draft.container.where = entry.span;
    draft.container.image_where = entry.span;
    if (check_type(JsonType::object, entry, "an entry of `containers`",
                   "write an object, as in `{ \"id\": \"web\", \"image\": \"nginx:1.27\" }`",
                   reading.problems) == Fits::no) {
        return draft;
    }
    const Object& object = *entry.as<Object>();
    read_object(object, "container", container_fields(), subject_of(object, entry), draft, reading);
    const Member* type = find_member(object, "type");
    draft.type_is_known = draft.type_is_known || type == nullptr;
    check_command(object, reading);
    settle_restart(object, draft, reading);
    settle_pull(object, draft, reading);
    check_job(object, draft, reading);
    settle_health_check(object, draft, reading);
    settle_host_network(object, draft, reading);
    check_shared_host_ports(draft.container, reading);
    check_mount_points(draft, reading);
    return draft;
}

}  // namespace appliance
