#include "describe.hpp"

#include <fmt/format.h>

#include "appliance/port_fields.hpp"
#include "base/overload.hpp"
#include "diagnostics/render.hpp"

namespace {

using namespace appliance;

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string describe(const Command& command) {
    return std::visit(base::Overload{
                          [](const ImageCommand&) { return std::string(); },
                          [](const ShellCommand& shell) { return ", cmd " + quoted(shell.line); },
                          [](const Arguments& arguments) {
                              std::string text = ", args";
                              for (const std::string& argument : arguments.list) {
                                  text += " " + quoted(argument);
                              }
                              return text;
                          },
                      },
                      command);
}

std::string describe(const Port& port) {
    std::string text = fmt::format(", port {}/{}", port.container_port, name_of(port.protocol));
    if (port.host_port != 0 || !port.host_ip.empty()) {
        text += fmt::format(" on {}:{}", port.host_ip, port.host_port);
    }
    return port.name.empty() ? text : fmt::format("{} named {}", text, port.name);
}

std::string describe(const Container& container) {
    std::string text = fmt::format("{}: {}", container.id, container.image);
    text += container.resources.cpus ? fmt::format(", cpus {}", *container.resources.cpus) : "";
    text += container.resources.mem ? fmt::format(", mem {}", *container.resources.mem) : "";
    text += container.instances == 1 ? "" : fmt::format(", instances {}", container.instances);
    text += container.network_mode == NetworkMode::bridge ? ", bridge" : "";
    text += describe(container.command);
    for (const auto& [name, value] : container.env) {
        text += fmt::format(", env {}={}", name, quoted(value));
    }
    for (const Port& port : container.ports) {
        text += describe(port);
    }
    for (const ContainerId& id : container.needs) {
        text += fmt::format(", needs {}", id);
    }
    return text + "\n";
}

}  // namespace

std::string describe(const Appliance& appliance) {
    std::string text = fmt::format("{}\n", appliance.id);
    for (const Container& container : appliance.containers) {
        text += describe(container);
    }
    return text;
}

std::string read_text(const std::string& text) {
    const diagnostics::Source source("appliance.json", text);
    const ReadResult result = read(source);
    return render(result.diagnostics, source) +
           (result.appliance ? describe(*result.appliance) : "");
}

std::string read_containers(const std::string& containers) {
    return read_text("{ \"id\": \"shop\", \"containers\": [\n" + containers + "\n] }\n");
}
