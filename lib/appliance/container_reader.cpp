#include "appliance/container_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "appliance/container_fields.hpp"
#include "appliance/object_reader.hpp"
#include "appliance/port_fields.hpp"

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

void check_command(const Object& object, Reading& reading) {
    const Member* cmd = find_member(object, "cmd");
    const Member* args = find_member(object, "args");
    if (cmd == nullptr || args == nullptr) {
        return;
    }
    const Member& later = cmd->key_span.begin < args->key_span.begin ? *args : *cmd;
    reading.problems.error(
        "`cmd` and `args` exclude each other", later.key_span,
        "keep `cmd` to replace the image's entrypoint, or `args` to give it arguments");
}

void check_shared_host_ports(const Container& container, Reading& reading) {
    if (container.instances <= 1) {
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
    check_command(object, reading);
    check_shared_host_ports(draft.container, reading);
    return draft;
}

}  // namespace appliance
